"""The editing panel (ED-2): every field of a step and of a condition reaches the file, and leaves it again."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.test_accessibility import objections


def action(name: str, step: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "action", "label": name.capitalize(), "step": step} | more


def open_with(builder: Builder, identity: str, *nodes: dict[str, Any]) -> None:
    """Import a chatbot of these nodes and open its canvas."""
    file = {"format": "botflow.scenario/1", "id": identity, "name": identity, "channel": "webchat", "language": "en"}
    layout = {"nodes": {node["id"]: [index * 340, 0] for index, node in enumerate(nodes)}}
    body = {"file": file | {"nodes": list(nodes), "layout": layout}, "id": identity, "overwrite": True}
    builder.ask("POST", "/chatbots/import", body)
    builder.open(f"/chatbots/{identity}", identity)


def choose(builder: Builder, field: str, value: str) -> None:
    """Choose a value of a field of the panel."""
    builder.panel.get_by_role("combobox", name=field).click()
    builder.page.get_by_role("option", name=value, exact=True).click()


HELLO = action(
    "hello", {"type": "static_message", "content": {"type": "text", "text": "What is your name?"}}, role="start"
)


def test_a_message_becomes_a_question_and_all_that_a_question_can_be_told_is_in_the_file(builder: Builder) -> None:
    builder.ask("POST", "/departments", {"name": "Night desk"})
    open_with(builder, "question", HELLO)
    builder.node("Hello").click()
    choose(builder, "What it does", "Ask a question")
    expect(builder.panel.get_by_label("What it says")).to_have_value("What is your name?")
    builder.panel.get_by_label("Keep the answer as").fill("name")
    choose(builder, "What counts as an answer", "Any text")
    choose(builder, "After an answer that does not count", "Ask 2 times more")
    builder.panel.get_by_label("Show the answer in the report").check()
    builder.panel.get_by_role("button", name="More").click()
    builder.panel.get_by_label("“Typing” before it").fill("400")
    builder.panel.get_by_label("Only if").fill("'{{contact.name}}' = ''")
    builder.panel.get_by_label("Fails after").fill("60")
    choose(builder, "If it fails", "Hand over to a person")
    builder.panel.get_by_label("Department it is handed over to").fill("Nigh")
    builder.page.get_by_role("option", name="Night desk", exact=True).click()
    builder.panel.get_by_label("Field of the report").fill("asked")
    builder.is_saved()
    [node] = builder.draft("question")["nodes"]
    assert node["step"] == {
        "type": "ask_question",
        "content": {"type": "text", "text": "What is your name?"},
        "save_as": "name",
        "validation": "text",
        "retry": 2,
        "show_in_report": True,
        "typing_delay_ms": 400,
    }
    assert {key: node[key] for key in ("condition", "timeout_seconds", "on_failure", "report_field")} == {
        "condition": "'{{contact.name}}' = ''",
        "timeout_seconds": 60,
        "on_failure": {"action": "handover", "department": "Night desk"},
        "report_field": "asked",
    }

    for emptied in ("“Typing” before it", "Only if", "Fails after", "Field of the report"):
        builder.panel.get_by_label(emptied).fill("")
    choose(builder, "If it fails", "As the settings of the chatbot say")
    choose(builder, "What counts as an answer", "Anything")
    choose(builder, "After an answer that does not count", "Do not ask again")
    builder.panel.get_by_label("Show the answer in the report").uncheck()
    builder.is_saved()
    [node] = builder.draft("question")["nodes"]
    assert set(node) == {"id", "kind", "role", "label", "step"}
    assert set(node["step"]) == {"type", "content", "save_as"}


def test_branches_are_put_in_order_tried_with_an_answer_and_the_else_is_taken_away(builder: Builder) -> None:
    branches = [{"id": "any", "label": "Any", "patterns": ["."]}, {"id": "no", "label": "No", "patterns": ["^no"]}]
    reply = {"id": "reply", "kind": "condition", "type": "user_response", "label": "Reply", "branches": branches}
    open_with(builder, "branches", HELLO | {"next": ["reply"]}, reply | {"else": {"next": ["hello"]}})
    builder.node("Reply").click()
    builder.panel.get_by_label("Try an answer").fill("no thanks")
    expect(builder.panel.get_by_text("^no ✓")).to_be_visible()
    builder.panel.get_by_role("button", name="Branch 2: try it earlier").click()
    expect(builder.panel.get_by_label("Branch 1", exact=True)).to_have_value("No")
    builder.panel.get_by_role("button", name="More of branch 1").click()
    builder.panel.get_by_label("Field of the report").fill("refused")
    builder.panel.get_by_label("For anything else").uncheck()
    builder.is_saved()
    condition = builder.draft("branches")["nodes"][1]
    assert [(branch["id"], branch.get("report_field")) for branch in condition["branches"]] == [
        ("no", "refused"),
        ("any", None),
    ]
    assert "else" not in condition
    builder.press("Undo")
    builder.is_saved()
    assert builder.draft("branches")["nodes"][1]["else"] == {"next": ["hello"]}


def test_a_jump_leads_to_a_chatbot_that_is_chosen_by_its_name(builder: Builder) -> None:
    for identity in ("jump-target", "jumping"):
        open_with(builder, identity, HELLO)
    builder.node("Hello").click()
    choose(builder, "What it does", "Go to another chatbot")
    choose(builder, "Chatbot", "jump-target")
    builder.panel.get_by_label("The chat goes on there with what it knows").uncheck()
    expect(builder.panel.get_by_label("Goes on to")).to_have_count(0)
    builder.is_saved()
    assert builder.draft("jumping")["nodes"][0]["step"] == {"type": "jump", "scenario": "jump-target"}


def test_variables_of_the_steps_before_are_completed_and_chosen(builder: Builder) -> None:
    ask = {"type": "ask_question", "content": {"type": "text", "text": "Your name?"}, "save_as": "name"}
    say = {"type": "static_message", "content": {"type": "text", "text": ""}}
    open_with(builder, "variables", action("ask", ask, role="start", next=["greet"]), action("greet", say, final=True))
    builder.node("Greet").click()
    text = builder.panel.get_by_role("textbox", name="What it says")
    text.press_sequentially("Hi {{na")
    expect(builder.page.get_by_role("listbox")).to_contain_text("Set by “Ask”")
    assert objections(builder.page) == []
    builder.page.keyboard.press("Escape")
    expect(builder.page.get_by_role("listbox")).to_have_count(0)
    expect(builder.panel).to_be_visible()
    text.press_sequentially("m")
    builder.page.keyboard.press("Enter")
    expect(text).to_have_value("Hi {{name}}")
    builder.page.keyboard.type(", ")
    builder.panel.get_by_role("button", name="Insert a variable").click()
    builder.page.get_by_role("menuitem", name="contact.phone").click()
    expect(text).to_have_value("Hi {{name}}, {{contact.phone}}")
    expect(text).to_be_focused()
    builder.is_saved()
    assert builder.draft("variables")["nodes"][1]["step"]["content"]["text"] == "Hi {{name}}, {{contact.phone}}"


def test_an_expression_is_checked_put_right_and_tried_as_it_is_typed(builder: Builder) -> None:
    branches = [{"id": "long", "label": "Long", "expression": "", "next": ["hello"]}]
    long = {"id": "long", "kind": "condition", "type": "expression", "label": "Long?", "branches": branches}
    open_with(builder, "expression", HELLO | {"next": ["long"]}, long | {"else": {"next": ["hello"]}})
    builder.node("Long?").click()
    field = builder.panel.get_by_role("textbox", name="Expression")
    field.press_sequentially("leng")
    builder.page.keyboard.press("Tab")
    expect(field).to_have_value("length()")
    builder.page.keyboard.type("contact.na")
    builder.page.keyboard.press("Enter")
    expect(field).to_have_value("length('{{contact.name}}')")
    builder.page.keyboard.type(" >= 5")
    builder.panel.get_by_role("button", name="Use this instead").click()
    expect(field).to_have_value("length('{{contact.name}}') >= 5")
    builder.panel.get_by_role("button", name="Try it with values").click()
    builder.panel.get_by_label("contact.name").fill("Robin")
    expect(builder.panel.get_by_text("It is true with these values.")).to_be_visible()
    builder.panel.get_by_label("contact.name").fill("Ann")
    expect(builder.panel.get_by_text("It is false with these values.")).to_be_visible()
    builder.is_saved()
    branch = builder.draft("expression")["nodes"][1]["branches"][0]
    assert branch["expression"] == "length('{{contact.name}}') >= 5"


def test_branches_follow_the_buttons_of_a_message_and_one_undo_takes_both_back(builder: Builder) -> None:
    suggestions = [{"id": "s", "type": "reply", "text": "Small"}, {"id": "l", "type": "reply", "text": "Large (1+1)"}]
    content = {"type": "text", "text": "Which size?", "suggestions": suggestions}
    open_with(
        builder, "replies", action("size", {"type": "static_message", "content": content}, role="start", final=True)
    )
    builder.node("Size").click()
    builder.panel.get_by_label("A branch for each button").check()
    expect(builder.panel.get_by_role("button", name="Size?")).to_be_visible()
    builder.is_saved()
    before = builder.draft("replies")
    texts = builder.panel.get_by_label("What the button says")
    texts.first.fill("Tiny")
    builder.is_saved()
    size, condition = builder.draft("replies")["nodes"]
    assert size["next"] == [condition["id"]]
    assert [(branch["label"], branch["suggestion"]) for branch in condition["branches"]] == [
        ("Tiny", "s"),
        ("Large (1+1)", "l"),
    ]
    problems = builder.ask("POST", "/chatbots/check", builder.draft("replies"))["problems"]
    assert [problem["code"] for problem in problems if problem["code"].startswith("suggestion_")] == []
    builder.press("Undo")
    builder.is_saved()
    assert builder.draft("replies") == before


def test_branches_for_buttons_are_offered_where_the_buttons_are(builder: Builder) -> None:
    asks = action("ask", {"type": "static_message", "content": {"type": "text", "text": "Delivered?"}}, role="start")
    blank = {"id": "reply", "kind": "condition", "type": "user_response", "label": "Which", "else": {}}
    open_with(
        builder,
        "buttons",
        asks | {"next": ["reply"]},
        blank | {"branches": [{"id": "branch", "label": "", "patterns": []}]},
    )
    builder.node("Ask").click()
    follow = builder.panel.get_by_label("A branch for each button")
    expect(follow).to_have_count(0)
    add = builder.panel.get_by_role("button", name="Add a button")
    add.click()
    builder.panel.get_by_label("What the button says").fill("Yes")
    expect(follow).to_be_visible()
    builder.page.wait_for_function(
        "([follow, add]) => { const apart = follow.getBoundingClientRect().top - add.getBoundingClientRect().bottom;"
        " return 0 < apart && apart < 40 }",
        arg=[follow.element_handle(), add.element_handle()],
    )
    follow.check()
    add.click()
    builder.panel.get_by_label("What the button says").last.fill("No")
    builder.is_saved()
    condition = builder.draft("buttons")["nodes"][1]
    assert [branch["label"] for branch in condition["branches"]] == ["Yes", "No"]


def test_a_condition_after_a_message_with_buttons_has_their_branches(builder: Builder) -> None:
    content = {"type": "text", "text": "Delivered?", "suggestions": [{"id": "y", "type": "reply", "text": "Yes"}]}
    open_with(builder, "plus-buttons", action("ask", {"type": "static_message", "content": content}, role="start"))
    builder.node("Ask").click()
    builder.press("Add what comes next")
    builder.page.get_by_role("menuitem", name="Add condition").click()
    expect(builder.panel.get_by_label("Branch 1", exact=True)).to_have_value("Yes")
    expect(builder.panel.get_by_label("Branch 2", exact=True)).to_have_count(0)


def test_code_is_written_with_what_it_can_use_at_hand_and_run_with_values(builder: Builder) -> None:
    ask = {"type": "ask_question", "content": {"type": "text", "text": "Your name?"}, "save_as": "name"}
    code = {"type": "execute_code", "language": "javascript", "source": ""}
    open_with(builder, "code", action("ask", ask, role="start", next=["count"]), action("count", code, final=True))
    builder.node("Count").click()
    editor = builder.panel.get_by_role("textbox", name="Code")
    editor.click()
    keyboard = builder.page.keyboard
    keyboard.type("log(vars.")
    expect(builder.page.get_by_role("option", name="name")).to_be_visible()
    builder.page.wait_for_timeout(200)  # so soon, Enter would be one that was meant for the text
    keyboard.press("Enter")
    keyboard.press("End")
    keyboard.type("\nconst rate = await http.get('https://api.example.com/rate')\nreturn {rate: rate.json.usd}")
    builder.panel.get_by_role("button", name="Try it with values").click()
    builder.panel.get_by_label("name", exact=True).fill("Ann")
    builder.press("Run")
    outcome = builder.panel.get_by_role("status")
    expect(outcome).to_contain_text("has no http answer that matches 'GET https://api.example.com/rate'")
    builder.press("Add an answer")
    builder.panel.get_by_label("What comes back").fill('{"usd": 3}')
    builder.press("Run")
    expect(outcome).to_contain_text('"rate": 3')
    expect(outcome).to_contain_text("Ann")
    editor.click()
    keyboard.press("Control+Home")
    keyboard.type("\nnope;")
    builder.press("Run")
    expect(outcome).to_contain_text("Line 2: ReferenceError: nope is not defined")
    assert objections(builder.page) == []
    editor.click()
    expect(editor).to_be_focused()
    for key in ("Control+Home", "ArrowDown", "ArrowDown", "End"):
        keyboard.press(key)  # the end of a line that is wrapped, where the caret has a side
    # the editor lets go of Tab for two seconds: nothing is looked at between the two
    keyboard.press("Escape")
    keyboard.press("Tab")
    builder.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go, 100)))")
    expect(builder.panel.get_by_role("button", name="Try it with values")).to_be_focused()
    builder.is_saved()
    source = builder.draft("code")["nodes"][1]["step"]["source"]
    assert source.startswith("\nnope;log(vars.name)\nconst rate")
    builder.press("Undo")
    expect(editor).to_contain_text("log(vars.name)")
    expect(editor).not_to_contain_text("nope")
    builder.page.get_by_label("Edit", exact=True).uncheck()
    expect(editor).to_have_attribute("contenteditable", "false")


def test_the_panel_opens_whatever_stands_at_the_fields(builder: Builder) -> None:
    odd: list[Any] = [5, None, ["a", {}], {"a": [1]}, True, "x"]
    types = ["static_message", "ask_question", "dynamic_message", "execute_code", "jump", "handover", "opt_out"]
    fields = ["content", "save_as", "validation", "retry", "language", "source", "message_type", "typing_delay_ms"]
    fields += ["scenario", "department", "scope", "reply_conditions", "show_in_report", "pass_context"]
    nodes = []
    for index, kind in enumerate(types):
        step = {"type": kind} | {field: odd[(index + at) % len(odd)] for at, field in enumerate(fields)}
        own = ["condition", "timeout_seconds", "on_failure", "report_field", "final"]
        nodes.append(action(kind, step) | {field: odd[(index + at) % len(odd)] for at, field in enumerate(own)})
    branches = [{"id": "a", "patterns": ["("], "suggestion": 5, "report_field": {}}, {"id": "a", "expression": "'"}]
    nodes.append({"id": "odd", "kind": "condition", "type": "fax", "label": "Odd", "branches": branches, "else": None})
    open_with(builder, "odd-fields", *nodes)
    for node in nodes:
        builder.press("Show all")  # beside the panel there is less room
        builder.page.locator(f".react-flow__node[data-id='{node['id']}']").dispatch_event("click")
        expect(builder.panel.get_by_label("Name")).to_have_value(node["label"])
        for more in builder.panel.get_by_role("button", name="More", exact=True).all():
            if more.get_attribute("aria-expanded") == "false":
                more.click()
        expect(builder.panel.get_by_label("Role")).to_be_visible()


def test_a_pattern_is_put_right_where_it_stands(builder: Builder) -> None:
    open_patterns(builder, "patterns", "first", "(second", "third")
    patterns = builder.panel.get_by_label("Words or patterns")
    chip(builder, "(second").click()
    expect(patterns).to_be_focused()
    expect(patterns).to_have_value("(second")
    patterns.press("Escape")
    expect(patterns).to_have_value("")
    chip(builder, "(second").click()
    patterns.fill("(second)")
    # what was typed is kept as another one is taken up, and what is taken out takes only itself
    chip(builder, "third").click()
    expect(patterns).to_have_value("third")
    chip(builder, "first").locator(".MuiChip-deleteIcon").click()
    patterns.fill("last")
    patterns.press("Enter")
    kept(builder, "patterns", "(second)", "last")
    # one that was emptied goes, and its neighbour stays
    chip(builder, "last").click()
    for _ in range(6):
        patterns.press("Backspace")
    builder.panel.get_by_label("Try an answer").focus()
    kept(builder, "patterns", "(second)")


def test_patterns_are_put_right_by_keys_that_take_nothing_off_the_canvas(builder: Builder) -> None:
    open_patterns(builder, "pattern-keys", "first", "second")
    patterns = builder.panel.get_by_label("Words or patterns")
    # the arrow goes to what stands before, Enter takes it up
    patterns.press("ArrowLeft")
    builder.page.keyboard.press("Enter")
    expect(patterns).to_have_value("second")
    patterns.fill("first")
    patterns.press("Enter")
    kept(builder, "pattern-keys", "first")
    # what is undone is what was done to the words, not what was typed
    patterns.press("Control+z")
    expect(chip(builder, "second")).to_be_visible()
    expect(patterns).to_have_value("")
    patterns.press("Control+y")
    expect(chip(builder, "second")).to_have_count(0)
    patterns.press("ArrowLeft")
    builder.page.keyboard.press("Delete")
    expect(chip(builder, "first")).to_have_count(0)
    expect(builder.node("Reply")).to_be_visible()
    # nor does the panel itself, or the list of steps
    builder.panel.focus()
    builder.page.keyboard.press("Delete")
    builder.press("Show as a list")
    builder.panel.focus()
    builder.page.keyboard.press("Backspace")
    builder.press("Show as a graph")
    expect(builder.node("Reply")).to_be_visible()


def test_who_only_looks_takes_no_pattern_up(builder: Builder) -> None:
    open_patterns(builder, "seen-patterns", "first", "second")
    builder.page.get_by_role("switch", name="Edit").uncheck()
    expect(chip(builder, "first")).to_be_disabled()
    chip(builder, "first").click(force=True)
    expect(builder.panel.get_by_label("Words or patterns")).to_have_value("")
    expect(chip(builder, "first")).to_be_visible()


def open_patterns(builder: Builder, identity: str, *patterns: str) -> None:
    """A condition with these patterns, open."""
    branches = [{"id": "any", "label": "Any", "patterns": list(patterns)}]
    reply = {"id": "reply", "kind": "condition", "type": "user_response", "label": "Reply", "branches": branches}
    open_with(builder, identity, HELLO | {"next": ["reply"]}, reply | {"else": {"next": ["hello"]}})
    builder.node("Reply").click()


def chip(builder: Builder, word: str) -> Locator:
    return builder.panel.get_by_role("button", name=word, exact=True)


def kept(builder: Builder, identity: str, *patterns: str) -> None:
    """The draft has these patterns, in this order."""
    builder.is_saved()
    assert builder.draft(identity)["nodes"][1]["branches"][0]["patterns"] == list(patterns)


def test_a_fix_shows_the_step_that_comes_by_it(builder: Builder) -> None:
    content = {"type": "text", "text": "Delivered?", "suggestions": [{"id": "y", "type": "reply", "text": "Yes"}]}
    asks = action("ask", {"type": "static_message", "content": content}, role="start", next=["far"])
    steps = [action(f"step{number}", HELLO["step"], next=[f"step{number + 1}"]) for number in range(9)]
    far = action("far", HELLO["step"], next=["step0"])
    last = action("step9", HELLO["step"], final=True)
    open_with(builder, "shown-fix", asks, far, *steps, last)
    builder.page.goto(f"{builder.server.url}/chatbots/shown-fix/canvas/step9")
    expect(builder.panel.get_by_label("Name", exact=True)).to_have_value("Step9")
    builder.page.get_by_role("button", name="1 problem").click()
    builder.press("A branch for each button")
    expect(builder.node("Ask?")).to_be_in_viewport(ratio=1)
