"""HTTP: opt-out words of channels (CO-1)."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import Field

from botflow.consent.api.office import Office
from botflow.consent.settings import (
    ChannelWord,
    add_channel_word,
    change_channel_word,
    channel_words,
    remove_channel_word,
)
from botflow.permissions import CONSENT_EDIT, CONSENT_VIEW, Caller, check_whole_company
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Id, Name, Text, View


class WordBody(Body):
    """An opt-out word of a channel, or of one sender of it."""

    channel: Name
    word: Text
    sender_id: Id | None = Field(default=None, description="Null: it blocks the whole channel.")
    valid_from: str | None = Field(
        default=None, max_length=16, description="2026-03-01 or 2026-03-01T09:30, on the company's clock."
    )
    valid_till: str | None = Field(default=None, max_length=16, description="A date counts to its end.")


class WordView(View):
    """An opt-out word of a channel, or of one sender of it."""

    id: str
    channel: str
    word: str
    sender_id: str | None
    valid_from: str | None
    valid_till: str | None


def words_api(office: Office) -> Routes:
    """Routes under /opt-out-words."""
    routes = Routes("Consent", "/opt-out-words")

    @routes.get("", CONSENT_VIEW)
    def list_opt_out_words(caller: Caller) -> list[WordView]:
        """List the opt-out words of all channels (CO-1)."""
        with office.database.reading() as work:
            return [_word_view(word_id, word) for word_id, word in channel_words(work, caller.company).items()]

    @routes.post("", CONSENT_EDIT, statuses=[HTTPStatus.CREATED])
    def add_opt_out_word(caller: Caller, body: WordBody) -> Answer[WordView]:
        """Add an opt-out word of a channel (CO-1)."""
        check_whole_company(caller)
        word_id = office.ids()
        with office.database.transaction() as work:
            word = ChannelWord(**body.model_dump())
            add_channel_word(work, caller.company, word_id, word, office.clock(), caller.user)
            after = channel_words(work, caller.company)[word_id]
            office.audit.note(work, caller, "opt_out_word.created", word_id, None, vars(after))
        return Answer(_word_view(word_id, after), HTTPStatus.CREATED)

    @routes.put("/<word_id>", CONSENT_EDIT)
    def put_opt_out_word(caller: Caller, word_id: str, body: WordBody) -> WordView:
        """Change an opt-out word of a channel."""
        check_whole_company(caller)
        with office.database.transaction() as work:
            before = channel_words(work, caller.company).get(word_id)
            change_channel_word(work, caller.company, word_id, ChannelWord(**body.model_dump()))
            after = channel_words(work, caller.company)[word_id]
            old = vars(before) if before is not None else None
            office.audit.note(work, caller, "opt_out_word.updated", word_id, old, vars(after))
        return _word_view(word_id, after)

    @routes.delete("/<word_id>", CONSENT_EDIT)
    def delete_opt_out_word(caller: Caller, word_id: str) -> None:
        """Take back an opt-out word of a channel."""
        check_whole_company(caller)
        with office.database.transaction() as work:
            before = channel_words(work, caller.company).get(word_id)
            remove_channel_word(work, caller.company, word_id)
            office.audit.note(work, caller, "opt_out_word.deleted", word_id, vars(before) if before else None, None)

    return routes


def _word_view(word_id: str, word: ChannelWord) -> WordView:
    return WordView.model_validate({"id": word_id, **vars(word)})
