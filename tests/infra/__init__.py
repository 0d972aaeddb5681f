"""Tests of what a release is built on."""
