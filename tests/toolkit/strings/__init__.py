"""The scientist's tools for functions of texts."""
