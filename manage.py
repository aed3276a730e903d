#!/usr/bin/env python
"""Run Django's command line."""

import sys

from distui.__main__ import manage

if __name__ == "__main__":
    sys.exit(manage(sys.argv))
