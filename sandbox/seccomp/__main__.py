"""`python -m sandbox.seccomp`: derive the profile anew, after another default was put in `engine-default.json`."""

from sandbox.seccomp.profile import FOLDER, derive, engine_default

if __name__ == "__main__":
    (FOLDER / "profile.json").write_text(derive(engine_default()))
