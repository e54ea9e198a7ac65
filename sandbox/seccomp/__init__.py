"""Which system calls a container may make: the engine's own default, minus what nobody here needs.

A profile of one's own replaces the engine's, so it is derived from that one: `engine-default.json` is Docker's
(https://github.com/moby/moby/tree/v20.10.24/profiles/seccomp, Apache-2.0), `profile.json` is what `derive` makes of it,
and `python -m sandbox.seccomp` writes the second anew from the first.
"""

from sandbox.seccomp.profile import derive, engine_default, profile

__all__ = ["derive", "engine_default", "profile"]
