"""From what a camera gave to what is kept: a JPEG of bounded size without the camera's own data."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import field_error

MOST_BYTES = 12 * 1024 * 1024
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 1600
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept. `digest` is the SHA-256 of its content."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_picture(content: bytes) -> Picture:
    """Take the picture out of what was uploaded: turned upright, at most 1600 pixels, nothing else in it.

    Raises ValidationError at `photo` for what is no picture, is too large, or unpacks to too many pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(content) > MOST_BYTES:
        raise field_error("photo", _("照片不能超过 12 MB。"), "photo_too_large")
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise field_error("photo", _("照片的像素过多,请用手机直接拍摄。"), "photo_too_large")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except ValidationError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise field_error("photo", _("这不是可用的照片,请用 JPG、PNG 或 WebP。"), "not_a_photo") from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(out.getvalue(), upright.width, upright.height)


def keep_picture(picture: Picture) -> None:
    """Store the file, if it is not there; the same picture is stored once."""
    name = file_name(picture.digest)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture.content))


def picture_content(digest: str) -> bytes:
    """The stored file. Raises FileNotFoundError."""
    with default_storage.open(file_name(digest)) as kept:
        content: bytes = kept.read()
    return content


def file_name(digest: str) -> str:
    return str(PurePosixPath("photos") / digest[:2] / f"{digest}.jpg")
