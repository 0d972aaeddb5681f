"""What people can do here: one function a deed, the adapters first."""
