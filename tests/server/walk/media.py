"""The walk's files."""

from hashlib import sha256

from tests.server.api import Api
from tests.server.walk import MARK, Made

CONTENT = f"{MARK} text".encode()


def make_file(api: Api, company: str, made: Made) -> str:
    key = f"file-of-{company}"
    api.parts.core.assets.upload(api.caller(company), key, f"{MARK} file.txt", [CONTENT])
    return key


MAKERS = {"media_key": make_file}
BODIES = {
    "upload_media": lambda made: b"hello",
    "put_media": lambda made: b"hello",
    "rename_media": lambda made: {"name": "Another"},
}
QUERIES = {"upload_media": "name=hello.txt", "put_media": f"replaces={sha256(CONTENT).hexdigest()}"}
