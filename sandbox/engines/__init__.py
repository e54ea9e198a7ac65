"""Kinds of sandbox behind `sandbox.client.Engine`.

An engine is a `Launcher` (how to start and destroy a part's process) under the two things they all share: `PairSandbox`
(an oracle with a lab) and `LauncherRunner` (candidate code).
"""

from sandbox.engines.choose import choose_engine, stay_warm

__all__ = ["choose_engine", "stay_warm"]
