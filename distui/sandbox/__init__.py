"""The sandbox: an emulated AWS account on loopback that runs as a separate process."""
