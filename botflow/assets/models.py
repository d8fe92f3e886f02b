"""Tables: assets."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

WANTED = "state = 'incoming'"


class AssetRow(SQLModel, table=True):
    """A file of a company. Content names it by `key`; its bytes are in the store under `file`.

    `source` is `library` for what people upload and `contact` for what contacts send. `state`: `ready`; `incoming`
    while the bytes are still at the vendor, who knows them by `reference`; `failed` when they cannot be got, and `lost`
    when the store has them no more, `problem` says why. `width` and `height` are those of a picture, in pixels.
    """

    __tablename__ = "asset"
    __table_args__ = (
        UniqueConstraint("company_id", "key"),
        Index("ix_asset_file", "file"),
        Index("ix_asset_name", "company_id", "name", "id"),
        Index("ix_asset_created", "company_id", "created_at", "id"),
        Index("ix_asset_incoming", "due_at", sqlite_where=text(WANTED), postgresql_where=text(WANTED)),
    )

    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="company.id", ondelete="CASCADE")
    key: str
    name: str
    source: str
    state: str
    problem: str | None = Field(default=None, sa_type=Text)
    kind: str = ""
    media_type: str = ""
    bytes: int = Field(default=0, sa_type=BigInteger)
    sha256: str = ""
    width: int | None = None
    height: int | None = None
    file: str | None = None
    sender_id: str | None = Field(default=None, index=True, foreign_key="sender.id", ondelete="CASCADE")
    reference: str | None = Field(default=None, sa_type=Text)
    attempts: int = 0
    due_at: int = Field(default=0, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
    created_by: str | None = None
