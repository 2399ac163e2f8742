"""Somebody who imports and exports through the API."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.firms import Door, run_jobs


def csv_bytes(lines: Sequence[Sequence[object]], encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    return stream.getvalue().encode(encoding)


class Desk:
    """A door with the steps of an import."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def upload(self, object_key: str, content: bytes | Path, name: str = "file.csv") -> Any:
        """POST the file."""
        body = content.read_bytes() if isinstance(content, Path) else content
        data = {"object": object_key, "file": SimpleUploadedFile(name, body)}
        response: Any = self.door.client.post("/api/v1/imports", data, headers=self.door.headers)
        response.data = response.json()
        return response

    def draft(
        self, object_key: str, content: bytes | Path, name: str = "file.csv", **changes: Any
    ) -> dict[str, Any]:
        """An uploaded draft, changed."""
        made = self.upload(object_key, content, name)
        assert made.status_code == 201, made.data
        return self.change(made.data["id"], **changes) if changes else made.data

    def change(self, job_id: str, **changes: Any) -> dict[str, Any]:
        """PATCH the draft."""
        changed = self.door.patch(f"/imports/{job_id}", changes)
        assert changed.status_code == 200, changed.data
        return dict(changed.data)

    def preview(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """The dry run's answer."""
        answer = self.door.post(f"/imports/{job['id']}/preview")
        assert answer.status_code == 200, answer.data
        return dict(answer.data["preview"])

    def run(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Run to the end; the finished import."""
        answer = self.door.post(f"/imports/{job['id']}/run")
        assert answer.status_code == 202, answer.data
        run_jobs()
        return self.look(job)

    def look(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """The import as it is now."""
        return dict(self.door.get(f"/imports/{job['id']}").data)

    def load(
        self, object_key: str, content: bytes | Path, name: str = "file.csv", **changes: Any
    ) -> dict[str, Any]:
        """Upload, change and run."""
        return self.run(self.draft(object_key, content, name, **changes))

    def rows(self, job: Mapping[str, Any], query: str = "") -> list[dict[str, Any]]:
        """The refused rows."""
        answer = self.door.get(f"/imports/{job['id']}/rows{query}")
        assert answer.status_code == 200, answer.data
        return list(answer.data["data"])

    def records(self, object_key: str, fields: str = "name", sort: str = "name", **query: Any) -> list[Any]:
        """Records, as tuples of some fields."""
        names = fields.split(",")
        answer = self.door.post(
            f"/{object_key}/query", {"fields": names, "sort": sort, "limit": 200, **query}
        )
        assert answer.status_code == 200, answer.data
        return [tuple(record[name] for name in names) for record in answer.data["data"]]

    def export(self, **body: Any) -> bytes:
        """The bytes of an export."""
        asked = self.door.post("/exports", body)
        assert asked.status_code == 202, asked.data
        run_jobs()
        done = self.door.get(f"/exports/{asked.data['id']}").data
        assert done["status"] == "done", done
        answer = self.door.client.get(done["url"], headers=self.door.headers)
        assert answer.status_code == 200
        return b"".join(answer.streaming_content)
