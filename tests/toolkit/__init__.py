"""The scientist's tools."""
