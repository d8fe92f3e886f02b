"""What authors do with chatbots (CB-1 to CB-10, ED-5). Each call is a transaction of its own.

Judging a document may take a while, so it is done between transactions: what was judged is what is kept, since saving
and publishing name the revision.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.accounts.service import catalog_changed
from botflow.audit.service import Audit
from botflow.chatbots import drafts, enabling, rollouts, versions
from botflow.chatbots.checks import NOTHING_FOUND, Checked, case_of
from botflow.chatbots.documents import Document, kept_document, read_document
from botflow.chatbots.drafts import Kept, Who, draft_of, find_chatbot
from botflow.chatbots.keys import Renaming, renamed
from botflow.chatbots.rollouts import Choice
from botflow.chatbots.service import Chatbots
from botflow.chatbots.versions import Published, find_version
from botflow.conversations.versions import live_threads
from botflow.db import Database, UnitOfWork
from botflow.errors import ConflictError, RequestError
from botflow.permissions import Caller, check_whole_company
from botflow_runtime import Problem, ScenarioError
from botflow_runtime.difference import Change, compare, same_layout
from botflow_runtime.json_text import read_json
from botflow_runtime.loading import parse_document

DRAFT: Final = "draft"
"""Stands for the draft where a version is named."""


class ProblemsError(RequestError):
    """A document has errors that stand against what was asked. `problems` holds everything, warnings too."""

    status = 422

    def __init__(self, sentence: str, problems: list[Problem]) -> None:
        super().__init__(sentence)
        self.problems = problems

    def members(self) -> Mapping[str, Any]:
        return {"problems": [msgspec.structs.asdict(problem) for problem in self.problems]}


@dataclass(frozen=True)
class Saved:
    """A draft after saving, and everything that is wrong with it."""

    kept: Kept
    checked: Checked


@dataclass(frozen=True)
class Draft:
    """A draft as it is kept. `has_changes`: the newest version does something else, or there is none."""

    scenario: str
    revision: int
    document: Document
    content_hash: str
    newest_version: int
    has_changes: bool
    saved_at: int
    saved_by: str | None


@dataclass(frozen=True)
class Publication:
    """What became of publishing; `rollout` is the id of what is done with threads of older versions, if anything is."""

    published: Published
    checked: Checked
    rollout: str | None


class Authoring:
    """Drafts, versions and enabling, for people and programs that write chatbots."""

    def __init__(self, database: Database, chatbots: Chatbots, audit: Audit) -> None:
        self.database = database
        self.chatbots = chatbots
        self._audit = audit

    # --- drafts ------------------------------------------------------------------------------------------------------

    def draft(self, caller: Caller, scenario: str) -> Draft:
        """The draft of a chatbot. Raises NotFoundError."""
        with self.database.reading() as work:
            return self._draft(work, caller.company, scenario)

    def check(self, caller: Caller, document: Document) -> Checked:
        """Everything that is wrong with a document, which need not be saved."""
        with self.database.reading() as work:
            case = case_of(work, self.chatbots.catalogs, caller.company, document)
        return case.judged()

    def save(
        self,
        caller: Caller,
        scenario: str,
        text: str | bytes,
        base: int | None,
        *,
        overwrite: bool = False,
    ) -> Saved:
        """Save a draft; it may be wrong or unfinished. The same again changes nothing.

        `base` is the revision that it was made from, 0: the chatbot is meant to be new, None: nothing is said, and then
        nothing that is there is changed. Raises ProblemsError where the text is no JSON object, StaleDraftError,
        NotFoundError, InvalidError.
        """
        document = readable(text)
        with self.database.transaction() as work:
            who = self._who(caller)
            kept = drafts.save(work, who, scenario, document, base, overwrite=overwrite)
            if kept.created:
                self._audit.note(work, caller, "chatbot.created", scenario, None, document.facts())
        return Saved(kept, self.check(caller, document))

    def change(self, caller: Caller, scenario: str, base: int | None, changes: Mapping[str, Any]) -> Saved:
        """Replace fields of a draft's file: `name`, `language`, `settings` ... None takes a field away.

        Raises what `save` raises.
        """
        draft = self.draft(caller, scenario)
        raw = {**draft.document.raw, **changes}
        kept = {name: value for name, value in raw.items() if value is not None}
        return self.save(caller, scenario, written(kept), draft.revision if base is None else base)

    # --- versions ----------------------------------------------------------------------------------------------------

    def publish(
        self, caller: Caller, scenario: str, revision: int | None = None, note: str = "", running: Choice = "finish"
    ) -> Publication:
        """Make the draft a version, unless the newest version does the same already.

        `revision` is the draft's that is meant; None: the one that is there. `running`: what becomes of the threads of
        older versions. Raises ProblemsError where the draft has errors, StaleDraftError, NotFoundError, and
        NotAllowedError: every sender of the chatbot says something else from then on.
        """
        check_whole_company(caller)
        draft = self.draft(caller, scenario)
        if revision not in (None, draft.revision):
            raise drafts.StaleDraftError(scenario, draft.revision, draft.saved_by)
        checked = self.check(caller, draft.document)
        if checked.errors:
            raise ProblemsError(_refusal(scenario, checked.errors), checked.problems)
        with self.database.transaction() as work:
            chatbot = find_chatbot(work, caller.company, scenario, lock=True)
            if chatbot["revision"] != draft.revision:
                raise drafts.StaleDraftError(scenario, chatbot["revision"], None)
            return self._publish(work, caller, chatbot, draft.document, note, running, checked)

    def roll_back(
        self, caller: Caller, scenario: str, number: int, note: str = "", running: Choice = "finish"
    ) -> Publication:
        """Publish the content of an old version again, as a new one.

        A draft without changes of its own follows; one that has some stays. Raises NotFoundError, NotAllowedError.
        """
        check_whole_company(caller)
        with self.database.transaction() as work:
            chatbot = find_chatbot(work, caller.company, scenario, lock=True)
            document = kept_document(find_version(work, chatbot["id"], number)["document"])
            if draft_of(work, chatbot["id"])["content_hash"] == chatbot["newest_hash"]:
                drafts.replace(work, self._who(caller), chatbot, document)
            words = note or f"Back to version {number}."
            return self._publish(work, caller, chatbot, document, words, running, NOTHING_FOUND)

    def _publish(
        self,
        work: UnitOfWork,
        caller: Caller,
        chatbot: sa.RowMapping,
        document: Document,
        note: str,
        running: Choice,
        checked: Checked,
    ) -> Publication:
        who = self._who(caller)
        published = versions.add_version(work, who, chatbot, document, note)
        if published.is_new:
            old, new = {"version": chatbot["newest_version"]}, {"version": published.number, "note": note}
            self._audit.note(work, caller, "chatbot.published", chatbot["scenario"], old, new)
        rollout = None
        if running != "finish":
            rollout = rollouts.begin(work, who, chatbot, running, published.number, caller.user)
        return Publication(published, checked, rollout)

    def restore(self, caller: Caller, scenario: str, number: int, base: int | None) -> Saved:
        """Make an old version the draft. Raises StaleDraftError, NotFoundError."""
        with self.database.reading() as work:
            chatbot = find_chatbot(work, caller.company, scenario)
            text = find_version(work, chatbot["id"], number)["document"]
        return self.save(caller, scenario, text, chatbot["revision"] if base is None else base)

    def version(self, caller: Caller, scenario: str, number: int) -> sa.RowMapping:
        """The row of one version. Raises NotFoundError."""
        with self.database.reading() as work:
            return find_version(work, find_chatbot(work, caller.company, scenario)["id"], number)

    def compare(
        self, caller: Caller, scenario: str, before: int | None, after: int | None
    ) -> tuple[list[Change], bool]:
        """What `after` does differently from `before`, and whether both stand on the canvas in the same way.

        Numbers of versions; None stands for the draft. Raises ProblemsError where the draft does not fit the format,
        NotFoundError.
        """
        with self.database.reading() as work:
            chatbot = find_chatbot(work, caller.company, scenario)
            old, new = (self._text(work, chatbot["id"], number) for number in (before, after))
        try:
            documents = parse_document(read_json(old)), parse_document(read_json(new))
        except ScenarioError as error:
            sentence = f"The draft of {scenario!r} does not fit the format yet, so it cannot be compared."
            raise ProblemsError(sentence, error.problems) from None
        return compare(*documents), same_layout(*documents)

    # --- chatbots ----------------------------------------------------------------------------------------------------

    def take_in(self, caller: Caller, file: Mapping[str, Any], renaming: Renaming, *, overwrite: bool = False) -> Saved:
        """Import a file as a draft, under its own id or the one it is renamed to, other keys mapped likewise.

        A chatbot of this id that is there already, with other content, is not touched unless `overwrite`. Raises
        ProblemsError where the text is no JSON object, ConflictError, InvalidError.
        """
        document = readable(written(renamed(readable(written(file)).raw, renaming)))
        try:
            return self.save(caller, document.scenario, document.text, None, overwrite=overwrite)
        except drafts.StaleDraftError:
            raise ConflictError(
                f"There is a chatbot {document.scenario!r} already, and it is another: import under a new id, or say "
                "that it may be overwritten."
            ) from None

    def copy(self, caller: Caller, scenario: str, new_id: str, name: str | None = None) -> Saved:
        """Copy a draft under a new id. Raises ConflictError where the id is taken, NotFoundError, InvalidError."""
        raw = {**self.draft(caller, scenario).document.raw, "id": new_id}
        if name is not None:
            raw["name"] = name
        try:
            saved = self.save(caller, new_id, written(raw), 0)
        except drafts.StaleDraftError:
            raise _taken(new_id) from None
        if not saved.kept.created:
            raise _taken(new_id)
        return saved

    def delete(self, caller: Caller, scenario: str) -> None:
        """Delete a chatbot; its versions stay for the threads of the past.

        Raises NotFoundError, and ConflictError while threads run.
        """
        with self.database.transaction() as work:
            chatbot = find_chatbot(work, caller.company, scenario, lock=True)
            threads = sum(here.threads for here in live_threads(work, caller.company, scenario))
            if threads:
                raise ConflictError(
                    f"{threads} live threads run {scenario!r}: disable it on its senders and let them finish, or "
                    "retire it, which ends them."
                )
            drafts.remove(work, self._who(caller), chatbot["id"])
            catalog_changed(work, caller.company)
            self._audit.note(work, caller, "chatbot.deleted", scenario, {"name": chatbot["name"]})

    def retire(self, caller: Caller, scenario: str) -> str:
        """Disable a chatbot on every sender and end all its threads, so that it can be deleted.

        Returns the id of the rollout that ends them. Raises NotFoundError, NotAllowedError.
        """
        check_whole_company(caller)
        with self.database.transaction() as work:
            chatbot = find_chatbot(work, caller.company, scenario, lock=True)
            for place in enabling.places_of(work, chatbot["id"]):
                enabling.disable(work, chatbot, place["sender"])
            below = chatbot["newest_version"] + 1
            return rollouts.begin(work, self._who(caller), chatbot, "end", below, caller.user)

    def enable(self, caller: Caller, scenario: str, sender: str, *, is_default: bool) -> list[Problem]:
        """Enable a chatbot on a sender. Returns what its triggers collide with there (CB-7).

        Raises NotFoundError, ConflictError.
        """
        with self.database.transaction() as work:
            chatbot = find_chatbot(work, caller.company, scenario, lock=True)
            if enabling.enable(work, chatbot, sender, is_default=is_default):
                place = {"sender": sender, "is_default": is_default}
                self._audit.note(work, caller, "chatbot.enabled", scenario, None, place)
        problems = self.check(caller, self._running(caller, scenario)).problems
        return [problem for problem in problems if problem.code in ENABLING_PROBLEMS]

    def disable(self, caller: Caller, scenario: str, sender: str) -> None:
        """No new thread of the chatbot starts on the sender. Raises NotFoundError."""
        with self.database.transaction() as work:
            if enabling.disable(work, find_chatbot(work, caller.company, scenario, lock=True), sender):
                self._audit.note(work, caller, "chatbot.disabled", scenario, {"sender": sender})

    def _who(self, caller: Caller) -> Who:
        return self.chatbots.who(caller.company, caller.name or None)

    def _running(self, caller: Caller, scenario: str) -> Document:
        """The newest version, or the draft where nothing is published."""
        with self.database.reading() as work:
            chatbot = find_chatbot(work, caller.company, scenario)
            return kept_document(self._text(work, chatbot["id"], chatbot["newest_version"] or None))

    def _draft(self, work: UnitOfWork, company_id: str, scenario: str) -> Draft:
        chatbot = find_chatbot(work, company_id, scenario)
        row = draft_of(work, chatbot["id"])
        return Draft(
            scenario=scenario,
            revision=chatbot["revision"],
            document=kept_document(row["document"]),
            content_hash=row["content_hash"],
            newest_version=chatbot["newest_version"],
            has_changes=row["content_hash"] != chatbot["newest_hash"],
            saved_at=row["saved_at"],
            saved_by=row["saved_by"],
        )

    def _text(self, work: UnitOfWork, chatbot_id: str, number: int | None) -> str:
        row = draft_of(work, chatbot_id) if number is None else find_version(work, chatbot_id, number)
        text: str = row["document"]
        return text


ENABLING_PROBLEMS: Final = frozenset({"trigger_collision", "opt_out_word"})
"""What to say when a chatbot is enabled on a sender: it depends on what else is there."""


def readable(text: str | bytes) -> Document:
    """A document of a text. Raises ProblemsError where it is no JSON object that can be kept."""
    try:
        return read_document(text)
    except ScenarioError as error:
        raise ProblemsError("The file cannot be read: " + error.problems[0].message, error.problems) from None


def written(raw: Mapping[str, Any]) -> str:
    """A mapping as a text; reading it again puts it into canonical form where it fits the format."""
    return json.dumps(raw, ensure_ascii=False, indent=2)


def _taken(scenario: str) -> ConflictError:
    return ConflictError(f"There is a chatbot {scenario!r} already: choose another id.")


def _refusal(scenario: str, errors: list[Problem]) -> str:
    counted = "an error" if len(errors) == 1 else f"{len(errors)} errors"
    return f"{scenario!r} has {counted} and was not published; the first: {errors[0]}"
