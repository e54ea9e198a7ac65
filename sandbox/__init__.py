"""WHERE the function is hidden: oracle, lab, engines, isolation policy, and the lab's toolkit.

`sandbox.client` holds what the rest of Inquest sees of it. `sandbox.lab` and `sandbox.toolkit` run inside the lab,
`sandbox.oracle` inside the oracle; neither is imported by the host's other parts.
"""
