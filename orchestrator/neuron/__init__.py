"""A synthetic neuron that is answered by a language model: the host's side of it.

Concept and prompt stay on the host; no container ever holds them. An oracle in its sandbox counts and logs what is
asked, and puts the words to the host (`sandbox.client.AnsweringLog`).

`asking` says which words are asked and how, and what an answer is; `bounds` what the model may use, and at most could;
`desk` asks, caches and records each call; `beside` puts a neuron beside an engine's oracles.
"""
