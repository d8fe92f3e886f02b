"""Small files of many types, as bytes."""

import io
import struct
import zipfile
import zlib

from PIL import Image


def picture(kind: str, width: int = 3, height: int = 2) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, kind)
    return content.getvalue()


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A picture that says it is large, in some bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


OFFICE = "application/vnd.openxmlformats-officedocument"
PNG = picture("PNG")

KNOWN = {
    "image/jpeg": picture("JPEG"),
    "image/png": PNG,
    "image/gif": picture("GIF"),
    "image/webp": picture("WEBP"),
    "video/mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\2\0qt  ",
    "video/webm": b"\x1a\x45\xdf\xa3" + b"\0" * 30 + b"webm",
    "audio/mpeg": b"ID3\x03" + b"\0" * 20,
    "audio/mp4": b"\0\0\0\x18ftypM4A \0\0\2\0isomiso2",
    "audio/aac": b"\xff\xf1\x50\x80" + b"\0" * 20,
    "audio/amr": b"#!AMR\n" + b"\0" * 20,
    "audio/ogg": b"OggS\0\2" + b"\0" * 22 + b"OpusHead",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 20,
    "application/pdf": b"%PDF-1.7\n%abc\n",
    f"{OFFICE}.wordprocessingml.document": archive("[Content_Types].xml", "word/document.xml"),
    f"{OFFICE}.spreadsheetml.sheet": archive("[Content_Types].xml", "xl/workbook.xml"),
    f"{OFFICE}.presentationml.presentation": archive("[Content_Types].xml", "ppt/presentation.xml"),
    "text/vcard": b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n",
    "text/plain": "Grüße,\n\tfürs Menü\r\n".encode(),
}
"""A file of each type that the library takes."""

REFUSED = {
    "page": b"<!DOCTYPE html><script>alert(1)</script>",
    "drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "program": b"MZ\x90\0" + b"\0" * 60,
    "archive": archive("a.txt", "word/notes.txt"),
    "java archive": archive("META-INF/MANIFEST.MF"),
    "noise": bytes(range(256)) * 4,
    "cut picture": PNG[:20],
    "picture that is none": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "wide bomb": bomb(60_000, 60_000),
    "just too large": bomb(50_000, 1_001),
}
"""Files that are nothing for a message, or dangerous."""
