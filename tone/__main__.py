"""``python -m tone`` is the command ``tone``."""

from tone.cli import main

if __name__ == "__main__":
    main()
