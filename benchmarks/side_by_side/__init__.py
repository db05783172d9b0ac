"""Carrel and other programs measured in turn on the same files."""
