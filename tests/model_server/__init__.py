"""A model server of our own: OpenAI's protocol over real HTTP, scripted scientists behind it, and faults on demand.

`server` speaks the protocol and counts what was asked and paid; `scientists` answer as a model would, and really solve
easy functions; `faults` is what providers do to people, one name for each.
"""
