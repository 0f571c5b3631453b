"""Measurements: run by hand, or by `make benchmark`; none is a test."""
