"""An upload that is only weighed: its hash is taken as it streams in, nothing of it is kept anywhere."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

#: A sender who goes on past this is cut off, not drained.
PATIENCE = 100 * 1024 * 1024


@dataclass
class Weighed:
    """What is known of an upload afterwards."""

    sha256: str
    size: int
    is_pdf: bool
    is_too_large: bool


class HashingUploadHandler(FileUploadHandler):
    """Takes the SHA-256 of each uploaded file; the file object that the form gets is empty and carries `weighed`."""

    def __init__(self, request: Any = None, *, limit: int) -> None:
        """`limit`: largest size in bytes; a larger file is read to its end but no longer hashed."""
        super().__init__(request)
        self.limit = limit

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()
        self.head = b""
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > PATIENCE:
            raise StopUpload(connection_reset=True)
        if self.size <= self.limit:
            self.digest.update(raw_data)
            if len(self.head) < 5:
                self.head = (self.head + raw_data[:5])[:5]

    def file_complete(self, file_size: int) -> UploadedFile:
        upload = UploadedFile(
            ContentFile(b""),
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
        upload.weighed = Weighed(
            sha256=self.digest.hexdigest(),
            size=file_size,
            is_pdf=self.head == b"%PDF-",
            is_too_large=self.size > self.limit,
        )
        return upload
