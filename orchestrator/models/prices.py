"""What tokens cost, in US dollars, from the kept table of `genai-prices`. An unknown price is None, never zero."""

from decimal import Decimal

from orchestrator.models.choice import ModelChoice

_PROVIDERS = {"openai": "openai", "anthropic": "anthropic", "azure": "azure", "gemini": "google"}


def cost_of(model: ModelChoice, prompt_tokens: int, completion_tokens: int) -> float | None:
    """The price of one call; None where nobody knows it: another address may ask anything.

    Prompts are counted at the full price, cached or not: what is said is the most that it can be.
    """
    if model.provider == "ollama":
        return 0.0
    if model.provider not in _PROVIDERS or (model.base_url is not None and model.provider != "azure"):
        return None
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=prompt_tokens, output_tokens=completion_tokens)
    try:
        price: Decimal = calc_price(usage, model.name, provider_id=_PROVIDERS[model.provider]).total_price
    except LookupError:
        return None
    return float(price)
