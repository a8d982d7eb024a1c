"""Parts of a ZIP file, unpacked within limits: the sizes that the file states are not believed."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from summarizer.errors import InputError

MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all parts that are read
MAX_RATIO = 100  # unpacked to packed; the XML of real documents shrinks to a tenth or a thirtieth
RATIO_FROM = 1024 * 1024  # bytes unpacked before the ratio counts; a short part of blanks is no bomb
MAX_DIRECTORY = 1024 * 1024  # bytes of the list of parts, some 10,000 of them
CHUNK = 64 * 1024
END = b"PK\x05\x06"  # of the list of parts; its size stands 12 bytes on
END_64 = b"PK\x06\x07"  # of a list that is larger than 4 GB


class Archive:
    """A ZIP file in memory; nothing of it is ever written to disk, so the names of its parts can do no harm."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self._name = name
        self._left = MAX_UNPACKED
        at = data.rfind(END, -65_557)
        if at < 0:
            raise InputError(f"{name}: is broken: the end of the file is missing; get it again")
        if END_64 in data[at - 20 : at] or int.from_bytes(data[at + 12 : at + 16], "little") > MAX_DIRECTORY:
            raise InputError(f"{name}: has too many parts; save the article as plain text")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError(f"{name}: is broken: {error}; get it again") from error

    def __contains__(self, part: str) -> bool:
        return part in self._archive.NameToInfo

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece. Raises `InputError` where it is locked, broken, or grows beyond the limits."""
        info = self._archive.NameToInfo[part]
        if info.flag_bits & 1:
            raise InputError(f"{self._name}: is locked with a password; save a copy without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{self._name}: {part} is packed in a way that Word does not use; save it again")
        unpacked = 0
        try:
            with self._archive.open(info) as file:
                while chunk := file.read(CHUNK):
                    unpacked += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0 or unpacked > max(RATIO_FROM, MAX_RATIO * info.compress_size):
                        raise InputError(
                            f"{self._name}: {part} unpacks to more than {MAX_UNPACKED // 1024**2} MB or "
                            f"{MAX_RATIO} times its size; save the article as plain text"
                        )
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise InputError(f"{self._name}: {part} is broken: {error}; get the file again") from error
