"""Where the files and pictures of this version are: a new one has new addresses, so browsers may keep what they got."""

import hashlib
from pathlib import Path

WEB = Path(__file__).parent / "web"
HOUSE = WEB.parents[1]
FOLDERS = ("engine", "landscapes", "optimizers", "datasets")  # what decides a picture
DRAWN = [path for folder in FOLDERS for path in HOUSE.glob(f"{folder}/**/*.py")]
SHOWN = [*WEB.iterdir(), *DRAWN, Path(__file__).with_name("serve.py")]
VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SHOWN))).hexdigest()[:12]
ROOT = f"lab/{VERSION}"
