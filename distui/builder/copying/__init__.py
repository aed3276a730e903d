"""Copy a Region to other Regions, and apply a section of it to them."""
