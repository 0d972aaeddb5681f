"""What must outlive a release, and the same thing on a laptop. Never packed for Lambda."""
