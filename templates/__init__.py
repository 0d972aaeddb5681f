"""The pages' and letters' words. A package, so that they are found in a bundle's root."""
