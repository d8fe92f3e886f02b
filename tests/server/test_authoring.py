"""Drafts, publishing, history, rollback, import, copying, enabling (CB-1 to CB-10, ED-5)."""

import json
import threading
from typing import Any

import pytest

from botflow.audit.service import Audit
from botflow.chatbots.authoring import Authoring, ProblemsError
from botflow.chatbots.drafts import StaleDraftError
from botflow.chatbots.keys import Renaming, renamed
from botflow.errors import ConflictError, InvalidError, NotFoundError
from botflow.permissions import Caller
from botflow.senders.service import SENDERS, ensure_sender
from botflow_runtime.canonical import canonical
from tests.server.scenarios import ECHO, GREETER, Document, ask, say, scenario
from tests.server.world import World

ANN, BOB = Caller("acme", name="ann"), Caller("acme", name="bob")
SMILING = scenario("greeter", say("hello", "Hello! :)"))


def text(document: Document) -> bytes:
    return json.dumps(document).encode()


@pytest.fixture
def authors(world: World) -> Authoring:
    return Authoring(world.database, world.chatbots, Audit(lambda: world.now, world.ids))


def save(authors: Authoring, document: Document, base: int | None = None, **more: Any) -> int:
    return authors.save(ANN, document["id"], text(document), base, **more).kept.revision


class TestDrafts:
    def test_saving_the_same_again_changes_nothing(self, world: World, authors: Authoring) -> None:
        first = authors.save(ANN, "greeter", text(GREETER), 0)
        assert (first.kept.created, first.kept.revision) == (True, 1)
        world.now += 1000
        # other spacing, other order of keys: the same content
        again = authors.save(BOB, "greeter", json.dumps(dict(reversed(GREETER.items()))).encode(), None)
        assert (again.kept.created, again.kept.changed, again.kept.revision) == (False, False, 1)
        assert authors.draft(ANN, "greeter").saved_by == "ann"

    def test_saving_on_the_base_of_the_newest_revision_goes_on(self, authors: Authoring) -> None:
        save(authors, GREETER, 0)
        assert save(authors, SMILING, 1) == 2
        assert authors.draft(ANN, "greeter").document.raw == SMILING

    @pytest.mark.parametrize("base", [0, 1, 3, None])
    def test_a_stale_base_is_refused_and_the_newer_revision_told(self, authors: Authoring, base: int | None) -> None:
        save(authors, GREETER, 0)
        save(authors, SMILING, 1)
        with pytest.raises(StaleDraftError, match=r"revision 2 by now, saved by ann\.") as refused:
            save(authors, ECHO | {"id": "greeter"}, base)
        assert refused.value.revision == 2
        assert authors.draft(ANN, "greeter").document.raw == SMILING

    def test_what_may_be_overwritten_is(self, authors: Authoring) -> None:
        save(authors, GREETER, 0)
        assert save(authors, SMILING, overwrite=True) == 2

    def test_an_unfinished_draft_is_kept_as_it_was_written_with_all_its_problems(self, authors: Authoring) -> None:
        unfinished = '{"id": "new", "channel": "webchat",\n  "nodes": [{"id": "a", "kind": "action", "next": ["b"]}]}'
        saved = authors.save(ANN, "new", unfinished, 0)
        assert len(saved.checked.errors) > 3
        assert authors.draft(ANN, "new").document.text == unfinished

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            (b"", "not JSON"),
            (b"[]", "one JSON object"),
            (b'{"id": NaN}', "NaN"),
            (b'{"id": "x", "id": "y"}', "twice"),
            (b'{"id": "\\ud800"}', "half character"),
            (b'{"a":' * 70 + b"1" + b"}" * 70, "deep"),
            (b"\xff", "UTF-8"),
        ],
    )
    def test_what_is_no_json_object_is_not_kept(
        self, world: World, authors: Authoring, given: bytes, says: str
    ) -> None:
        with pytest.raises(ProblemsError, match=f"(?i){says}"):
            authors.save(ANN, "x", given, None)
        assert world.count("chatbot") == 0

    @pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\nb", "\0", "x" * 201])
    def test_ids_that_could_not_stand_in_an_address_are_refused(self, authors: Authoring, name: str) -> None:
        with pytest.raises(InvalidError, match="cannot be an id"):
            authors.save(ANN, name, "{}", None)

    def test_a_file_of_another_id_is_refused(self, authors: Authoring) -> None:
        with pytest.raises(InvalidError, match="'greeter'"):
            authors.save(ANN, "echo", text(GREETER), None)

    def test_what_holds_a_nul_character_is_kept_and_listed(self, world: World, authors: Authoring) -> None:
        save(authors, GREETER | {"name": "a\0b"})
        assert authors.draft(ANN, "greeter").document.raw["name"] == "a\0b"
        assert world.rows("chatbot", "name") == [("ab",)]

    def test_settings_are_changed_without_touching_the_rest(self, authors: Authoring) -> None:
        save(authors, GREETER)
        keywords = {"keywords": {"trigger": ["hello"]}}
        authors.change(ANN, "greeter", 1, {"name": "Doorman", "settings": keywords})
        assert authors.draft(ANN, "greeter").document.raw == GREETER | {"name": "Doorman", "settings": keywords}
        with pytest.raises(StaleDraftError):
            authors.change(ANN, "greeter", 1, {"name": "Other"})

    def test_one_of_two_who_save_at_once_wins(self, authors: Authoring) -> None:
        outcomes: list[str] = []

        def make(name: str) -> None:
            try:
                authors.save(Caller("acme", name=name), "greeter", text(GREETER | {"name": name}), 0)
                outcomes.append("saved")
            except StaleDraftError:
                outcomes.append("stale")

        threads = [threading.Thread(target=make, args=(f"n{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["saved", "stale", "stale", "stale"]

    def test_another_company_sees_nothing(self, authors: Authoring) -> None:
        save(authors, GREETER)
        with pytest.raises(NotFoundError):
            authors.draft(Caller("other"), "greeter")


class TestVersions:
    def test_publishing_makes_a_version_in_canonical_form(self, world: World, authors: Authoring) -> None:
        save(authors, GREETER)
        published = authors.publish(ANN, "greeter", 1, note="First.").published
        assert (published.number, published.is_new) == (1, True)
        row = authors.version(ANN, "greeter", 1)
        assert row["document"] == canonical(GREETER)
        assert (row["note"], row["created_by"], row["created_at"]) == ("First.", "ann", world.now)
        assert not authors.draft(ANN, "greeter").has_changes

    def test_the_same_content_is_no_new_version(self, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.publish(ANN, "greeter")
        same = authors.save(ANN, "greeter", text(GREETER | {"layout": {"nodes": {"hello": [1, 2]}}}), 1)
        assert not same.kept.has_changes
        assert not authors.publish(ANN, "greeter").published.is_new
        assert authors.save(ANN, "greeter", text(SMILING), 2).kept.has_changes

    def test_errors_stand_against_publishing_and_all_problems_are_told(self, world: World, authors: Authoring) -> None:
        save(authors, scenario("broken", ask("ask", "?", "x", "nowhere"), say("alone", "{{nobody}}"), say("alone", "")))
        with pytest.raises(ProblemsError, match="'broken' has 3 errors and was not published") as refused:
            authors.publish(ANN, "broken")
        assert {problem.code for problem in refused.value.problems} >= {
            "dangling_next",
            "duplicate_node_id",
            "bad_content",
        }
        assert world.count("chatbot_version") == 0

    def test_a_draft_that_was_saved_meanwhile_is_not_published_unseen(self, authors: Authoring) -> None:
        save(authors, GREETER)
        save(authors, SMILING, 1)
        with pytest.raises(StaleDraftError):
            authors.publish(ANN, "greeter", 1)

    def test_a_jump_may_lead_to_a_chatbot_that_has_only_a_draft(self, authors: Authoring) -> None:
        jump = {"id": "go", "kind": "action", "step": {"type": "jump", "scenario": "greeter", "pass_context": False}}
        checked = authors.save(ANN, "jumper", text(scenario("jumper", jump)), None).checked
        assert checked.missing.chatbots == ("greeter",)
        assert [problem.code for problem in checked.errors] == ["unknown_chatbot"]
        save(authors, GREETER)
        assert not authors.publish(ANN, "jumper").checked.missing.chatbots

    def test_rolling_back_publishes_the_old_content_as_a_new_version(self, world: World, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.publish(ANN, "greeter")
        save(authors, SMILING, 1)
        authors.publish(ANN, "greeter")
        published = authors.roll_back(BOB, "greeter", 1).published
        assert (published.number, published.scenario.document.nodes[0].id) == (3, "hello")
        assert authors.version(ANN, "greeter", 3)["note"] == "Back to version 1."
        assert authors.draft(ANN, "greeter").document.raw == GREETER
        with world.database.reading() as work:
            newest = world.chatbots.conversation(work, "acme").catalog.newest("greeter")
        assert newest is not None
        assert newest.version == 3

    def test_rolling_back_leaves_a_draft_with_changes_alone(self, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.publish(ANN, "greeter")
        save(authors, SMILING, 1)
        authors.roll_back(BOB, "greeter", 1)
        assert authors.draft(ANN, "greeter").document.raw == SMILING

    def test_an_old_version_can_become_the_draft(self, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.publish(ANN, "greeter")
        save(authors, SMILING, 1)
        assert authors.restore(ANN, "greeter", 1, 2).kept.revision == 3
        assert authors.draft(ANN, "greeter").document.raw == GREETER

    def test_versions_and_the_draft_are_compared_by_meaning(self, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.publish(ANN, "greeter")
        save(authors, SMILING | {"layout": {"nodes": {"hello": [1, 2]}}}, 1)
        changes, same_layout = authors.compare(ANN, "greeter", 1, None)
        assert [str(change) for change in changes] == ['changed node hello: step.content.text: "Hello!" -> "Hello! :)"']
        assert not same_layout
        assert authors.compare(ANN, "greeter", 1, 1) == ([], True)
        with pytest.raises(NotFoundError):
            authors.compare(ANN, "greeter", 1, 7)

    def test_a_deleted_chatbot_comes_back_with_the_next_number(self, world: World, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.publish(ANN, "greeter")
        authors.delete(ANN, "greeter")
        with pytest.raises(NotFoundError):
            authors.draft(ANN, "greeter")
        with world.database.reading() as work:
            assert world.chatbots.conversation(work, "acme").catalog.newest("greeter") is None
        with pytest.raises(NotFoundError, match="any more"):
            save(authors, GREETER, 1)
        assert save(authors, GREETER, 0) == 2
        assert authors.publish(ANN, "greeter").published.number == 2


class TestImport:
    def test_an_id_that_is_taken_is_not_overwritten_unless_told_to(self, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.take_in(ANN, GREETER, Renaming())  # the same: nothing to overwrite
        with pytest.raises(ConflictError, match="another"):
            authors.take_in(ANN, SMILING, Renaming())
        assert authors.take_in(ANN, SMILING, Renaming(id="smiling")).kept.created
        assert authors.take_in(ANN, SMILING, Renaming(), overwrite=True).kept.revision == 2

    def test_every_key_can_be_mapped(self) -> None:
        file = json.loads(
            """{"id": "a", "settings": {"on_failure": {"action": "handover", "department": "old"}}, "nodes": [
            {"step": {"type": "jump", "scenario": "old"}},
            {"step": {"type": "handover", "department": "old"},
             "on_failure": {"action": "handover", "department": "old"}},
            {"step": {"content": {"type": "card", "media": {"asset": "old"}, "text": "old"}}},
            {"step": {"content": {"type": "template", "name": "old", "x-note": {"asset": "old"}}}}]}"""
        )
        names = Renaming(
            id="b", chatbots={"old": "c"}, departments={"old": "d"}, assets={"old": "m"}, templates={"old": "t"}
        )
        assert json.dumps(renamed(file, names)) == json.dumps(
            json.loads(
                """{"id": "b", "settings": {"on_failure": {"action": "handover", "department": "d"}}, "nodes": [
            {"step": {"type": "jump", "scenario": "c"}},
            {"step": {"type": "handover", "department": "d"}, "on_failure": {"action": "handover", "department": "d"}},
            {"step": {"content": {"type": "card", "media": {"asset": "m"}, "text": "old"}}},
            {"step": {"content": {"type": "template", "name": "t", "x-note": {"asset": "old"}}}}]}"""
            )
        )

    def test_a_copy_has_its_own_id(self, authors: Authoring) -> None:
        save(authors, GREETER)
        authors.copy(ANN, "greeter", "second", "Second")
        assert authors.draft(ANN, "second").document.raw == GREETER | {"id": "second", "name": "Second"}
        save(authors, ECHO)
        with pytest.raises(ConflictError, match="already"):
            authors.copy(ANN, "greeter", "echo")


class TestEnabling:
    @pytest.fixture
    def senders(self, world: World) -> None:
        with world.database.transaction() as work:
            for name, channel in (("one", "webchat"), ("two", "webchat"), ("sms", "sms")):
                ensure_sender(work, name, "acme", name, channel, "webchat", world.now)

    @pytest.mark.usefixtures("senders")
    def test_a_sender_has_one_default_chatbot(self, world: World, authors: Authoring) -> None:
        for document in (GREETER, ECHO):
            save(authors, document)
            authors.publish(ANN, document["id"])
            authors.enable(ANN, document["id"], "one", is_default=True)
        world.write("one", "hi")
        assert world.shown("one")[-1] == "Say something."
        assert world.count("chatbot_sender", "enabled") == 2
        authors.disable(ANN, "echo", "one")
        world.write("one", "hi", address="visitor:two")
        assert world.count("thread") == 1

    @pytest.mark.usefixtures("senders")
    def test_senders_that_cannot_have_it_are_refused(self, world: World, authors: Authoring) -> None:
        save(authors, GREETER)
        with pytest.raises(ConflictError, match="sender of sms"):
            authors.enable(ANN, "greeter", "sms", is_default=True)
        with world.database.transaction() as work:
            work.execute(SENDERS.update().where(SENDERS.c.id == "two").values(live_chat_only=True))
        with pytest.raises(ConflictError, match="live chat only"):
            authors.enable(ANN, "greeter", "two", is_default=False)
        with pytest.raises(NotFoundError):
            authors.enable(ANN, "greeter", "three", is_default=False)
        with pytest.raises(NotFoundError):
            authors.disable(ANN, "greeter", "three")

    @pytest.mark.usefixtures("senders")
    def test_triggers_that_collide_on_the_sender_are_told(self, authors: Authoring) -> None:
        for name, word in (("a", "^pizza$"), ("b", "pizza"), ("c", "pasta")):
            save(authors, scenario(name, say("hello", "?"), keywords={"trigger": [word]}))
        assert authors.enable(ANN, "a", "one", is_default=False) == []
        assert authors.enable(ANN, "c", "one", is_default=False) == []
        assert authors.enable(ANN, "b", "two", is_default=False) == []
        collisions = authors.enable(ANN, "b", "one", is_default=False)
        assert [problem.code for problem in collisions] == ["trigger_collision"]
        assert "'a'" in collisions[0].message


class TestFiles:
    def test_what_somebody_has_published_is_not_replaced_by_the_file(self, world: World, authors: Authoring) -> None:
        world.publish(GREETER)
        save(authors, SMILING, 1)
        world.publish(GREETER)
        assert authors.draft(ANN, "greeter").document.raw == SMILING
        authors.publish(ANN, "greeter")
        world.publish(GREETER | {"name": "Newer file"})
        assert authors.draft(ANN, "greeter").newest_version == 2

    def test_a_newer_file_is_published_and_an_untouched_draft_follows(self, world: World, authors: Authoring) -> None:
        world.publish(GREETER)
        world.publish(SMILING)
        draft = authors.draft(ANN, "greeter")
        assert (draft.newest_version, draft.document.raw) == (2, SMILING)
