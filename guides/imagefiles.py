"""The files of guides' images: in the board's storage, and beside the texts in a folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from guides.models import GuideImage
from guides.textform import GuideText, ImageText, TextFormError
from lib.images import ImageRefused, Picture, rewrite

FOLDER = "images"
STORED = "guides"

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FolderImage:
    """A checked image of a folder: its bytes as they are there, and its size in pixels."""

    content: bytes
    size: Size


def name_of(picture: Picture) -> str:
    """The name of a picture's file: of its content, so that it tells nothing and never changes."""
    return f"{sha256(picture.content).hexdigest()[:32]}{picture.suffix}"


def sizes_of(text: GuideText, folder: Mapping[str, FolderImage]) -> dict[str, Size]:
    """The size of each image of a text by its file.

    Raises TextFormError for a file that neither the folder nor the board has.
    """
    names = {image.file for image in text.images}
    rows = GuideImage.objects.filter(file__in=[f"{STORED}/{name}" for name in names])
    found = {PurePath(str(row.file)).name: (row.width, row.height) for row in rows}
    for name in sorted(names - found.keys()):
        if name in folder:
            found[name] = folder[name].size
        elif default_storage.exists(f"{STORED}/{name}"):
            with default_storage.open(f"{STORED}/{name}") as file:
                found[name] = _checked(name, file.read(), _line(text)).size
        else:
            raise TextFormError(_line(text), f"there is no image file “{name}”")
    return found


def read(directory: Path, text: GuideText) -> dict[str, FolderImage]:
    """The image files of a text that the folder has, checked. Raises TextFormError."""
    found = {}
    for image in text.images:
        path = directory / FOLDER / image.file
        if path.is_file():
            found[image.file] = _checked(image.file, path.read_bytes(), _line(text))
    return found


def store(images: Iterable[ImageText], folder: Mapping[str, FolderImage], line: int) -> None:
    """Put the files of a folder where the board shows them. Raises TextFormError.

    A file stays when the import that brought it fails: the next one finds it there.
    """
    for image in images:
        if image.file not in folder:
            continue
        name, content = f"{STORED}/{image.file}", folder[image.file].content
        if default_storage.exists(name):
            with default_storage.open(name) as file:
                if file.read() != content:
                    raise TextFormError(line, f"the board has another image “{image.file}”")
        else:
            default_storage.save(name, ContentFile(content))


def stored() -> dict[str, str]:
    """The name in a folder of each image that a guide has, and where the board keeps it."""
    names = GuideImage.objects.order_by("file").values_list("file", flat=True).distinct()
    return {f"{FOLDER}/{PurePath(name).name}": name for name in names}


def _checked(name: str, content: bytes, line: int) -> FolderImage:
    try:
        picture = rewrite(content)
    except ImageRefused as refused:
        raise TextFormError(line, f"{FOLDER}/{name}: {refused}") from refused
    if picture.suffix != PurePath(name).suffix:
        raise TextFormError(line, f"{FOLDER}/{name} is a {picture.suffix} file")
    return FolderImage(content, (picture.width, picture.height))


def _line(text: GuideText) -> int:
    return text.lines.get("images", 1)
