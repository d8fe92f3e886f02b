"""What the fields of scenarios and transcripts mean, and the words around their tables."""

SCENARIO_INTRODUCTION = """# The scenario format

One JSON file is one chatbot. Names and meaning are fixed: a file of today runs tomorrow. Fields may be added, and a
change of meaning would get a new `format`. Written by `make generate` from the types in `runtime/`.

* [scenario.schema.json](../../schemas/scenario.schema.json) is the JSON Schema (draft 2020-12). Name it in `$schema`,
  and an editor completes and checks the file.
* Unknown fields are refused, except those that begin with `x-`, which are kept. `x-description` is the sentence that
  the page shows.
* `botflow fmt` writes the [canonical form](canonical-form.md); `botflow validate` lists [problems](problems.md).
* A link is an entry of a `next` list. The list is walked in order: actions and expression conditions run at once, and
  from the first user-response on the chat waits for a reply. [The engine](../explanation/engine.md) tells why.
* Texts, expressions and code may hold placeholders: `{{name}}` is a variable of the chat, `{{name.path.0}}` goes into
  JSON, `{{attribute.city}}` is the contact's attribute; there are `{{contact.phone}}`, `{{contact.name}}`,
  `{{sender.id}}` and `{{thread.id}}` too. What is not known prints as nothing.
* What `content` may be is told for each channel in [message content](content.md), expressions in
  [expressions](expressions.md), patterns and keywords in [patterns](patterns.md), scripts in
  [code steps](code-steps.md).
* Other chatbots, departments, assets, templates and attributes are named by their keys.
"""

SCENARIO_PARTS = {
    "ScenarioDocument": ("The file", ""),
    "Settings": ("settings", ""),
    "Keywords": ("settings.keywords", "Each entry is a word or a pattern. They look at the text of a message."),
    "ChatbotFailurePolicy": ("settings.on_failure", "What a failed step leads to, where its node says nothing else."),
    "TimeoutPolicy": ("settings.response_timeout and settings.stuck_timeout", ""),
    "Action": ("A node with a step (`kind` action)", ""),
    "NodeFailurePolicy": ("on_failure of a node", ""),
    "StaticMessage": ("step: static_message", "Sends a message."),
    "DynamicMessage": ("step: dynamic_message", "Runs a script that returns the message."),
    "AskQuestion": ("step: ask_question", "Sends a message and stores the reply."),
    "ExecuteCode": ("step: execute_code", "Runs a script."),
    "Jump": ("step: jump", "Goes to another chatbot of the same channel."),
    "Reset": ("step: reset", "Clears the variables and begins again at the start node."),
    "Handover": ("step: handover", "Gives the conversation to a person; `next` is followed when they give it back."),
    "OptOut": ("step: opt_out", "Stops messages to the contact. The first message after it confirms that."),
    "UserResponse": ("A condition that waits for a reply (`type` user_response)", ""),
    "UserResponseBranch": ("A branch of a user_response", ""),
    "ExpressionCondition": ("A condition that is evaluated at once (`type` expression)", ""),
    "ExpressionBranch": ("A branch of an expression condition", ""),
    "Otherwise": ("else", "Taken when no branch is. An else that leads nowhere is never taken."),
    "Layout": ("layout", "For the canvas only: the engine does not read it."),
    "Note": ("A note on the canvas", ""),
}

TRANSCRIPT_INTRODUCTION = """# Transcripts

A transcript is a conversation as a test, in YAML or JSON. `botflow test SCENARIO.json TRANSCRIPT.yaml` plays it on a
virtual clock: a wait of a day takes no time. Between any two events the state goes through JSON. Messages count as
accepted at once, e-mails go nowhere, effects are compared before anybody's consent is asked. Written by
`make generate`.

```yaml
scenarios: [payment.json]
contact: {phone: "+15550100", attributes: {city: Chicago}}
now: "2026-03-01T10:00:00Z"
http: [{match: "GET https://api.example.com/*", status: 200, json: {ok: true}}]
turns:
  - in: pizza
    out: ["Hi! What is your name?"]
  - in: Ann
    out: ["Which size, Ann?"]
    at: size_reply
  - wait: 300
    out: ["/hungry/"]
    status: timeout
    vars: {name: Ann}
  - operator: resume
```

A turn has one of `in`, `wait`, `fail` and `operator`, and any number of expectations. What is left out is not checked.
"""

TRANSCRIPT_PARTS = {
    "Transcript": ("The file", ""),
    "Contact": ("contact", "Who chats."),
    "HttpAnswer": (
        "http",
        "Answers to the HTTP calls of scripts. The first that fits is taken, as often as it is asked for; a call that "
        "none fits fails and is a difference, as is an answer that nobody asked for.",
    ),
    "TranscriptTurn": ("A turn", ""),
    "Inbound": ("in, as a mapping", ""),
    "StartAt": ("operator, as a mapping", ""),
}

ID = "The name that links use."
LABEL = "What people read: on the canvas, in reports."
REPORT = "The field of the report that is written with the {}."
NEXT = "Where the chat goes on; see above."
ROLE = "What the node is for. One `start`; at most one of each other role but `regular`. The start is an action."
LANGUAGE = "The language of the script."
SAVE_AS = "Letters, digits, `_` and `-`; at most 100 characters."
DEPARTMENT = "Who gets the conversation, where the action is `handover`."
DELAY = 'Milliseconds of "typing" before the message.'
STEP = "The type of the step."

MEANINGS: dict[str, dict[str, str]] = {
    "ScenarioDocument": {
        "$schema": "Address of the JSON Schema, for editors.",
        "format": "The version of this format.",
        "id": "The name that jumps use.",
        "name": "What people call the chatbot.",
        "channel": "Where it speaks.",
        "language": "BCP 47 tag of its texts, such as `en` or `es-MX`.",
        "settings": "What holds for the whole chatbot.",
        "nodes": "Actions and conditions.",
        "layout": "Where nodes stand on the canvas.",
        "tests": "[Transcripts](transcripts.md), as JSON; `botflow test` plays them.",
    },
    "Settings": {
        "on_failure": "What a failed step leads to; `end_chat` when left out.",
        "response_timeout": "When a contact does not reply; counted from the acceptance of the last message.",
        "stuck_timeout": "When a chat has nowhere to go; 24 hours, then the end, when left out.",
        "is_default": "A suggestion for import: the chatbot that answers what fits no other.",
        "keywords": "Messages that steer the chat.",
    },
    "Keywords": {
        "trigger": "Starts the chatbot. A message that fits the triggers of two chatbots starts neither.",
        "reset": "Begins again: variables are cleared.",
        "stop": "Ends the chat.",
        "opt_out": "No more messages of this chatbot on this channel; runs the `opt_out` node, if there is one.",
    },
    "ChatbotFailurePolicy": {
        "action": "`continue`: try once more, then go on. `failover`: go to the node of that role.",
        "department": DEPARTMENT,
    },
    "NodeFailurePolicy": {
        "action": "As for the chatbot. `default`: start the sender's default chatbot.",
        "department": DEPARTMENT,
    },
    "TimeoutPolicy": {
        "seconds": "How long to wait.",
        "action": "`node`: go to the node of the role `response_timeout` or `stuck_timeout`. A handover is urgent.",
        "department": DEPARTMENT,
    },
    "Action": {
        "id": ID,
        "kind": "An action.",
        "role": ROLE,
        "label": LABEL,
        "condition": "An expression: the step is skipped unless it is true.",
        "step": "What it does; see the steps below.",
        "timeout_seconds": "The step fails when it takes longer: acceptance of a message, a reply, a script.",
        "on_failure": "What its failure leads to, instead of the chatbot's rule.",
        "report_field": REPORT.format("label when the step is complete"),
        "final": "The chat is complete after it.",
        "next": NEXT,
    },
    "StaticMessage": {
        "type": STEP,
        "content": "The message.",
        "reply_conditions": "Its suggestions are kept as the branches of the user_response behind it.",
        "typing_delay_ms": DELAY,
    },
    "DynamicMessage": {
        "type": STEP,
        "language": LANGUAGE,
        "source": "The script; it returns a text, or the fields of the content.",
        "message_type": "The content type that it returns.",
        "typing_delay_ms": DELAY,
    },
    "AskQuestion": {
        "type": STEP,
        "content": "The question.",
        "save_as": f"The variable for the answer. {SAVE_AS}",
        "validation": "What counts as an answer.",
        "retry": "How often to ask again after an invalid answer; then the step fails.",
        "show_in_report": "The answer is a field of the report.",
        "typing_delay_ms": DELAY,
    },
    "ExecuteCode": {
        "type": STEP,
        "language": LANGUAGE,
        "source": "The script.",
        "save_as": f"The variable for what it returns. {SAVE_AS} Without it a returned object's keys are variables.",
    },
    "Jump": {
        "type": STEP,
        "scenario": "The `id` of the other chatbot.",
        "pass_context": "The chat goes on with its variables; otherwise it ends and a new one begins.",
    },
    "Reset": {"type": STEP},
    "Handover": {"type": STEP, "department": "Who gets the conversation."},
    "OptOut": {"type": STEP, "scope": "From this sender, or on the whole channel."},
    "UserResponse": {
        "id": ID,
        "kind": "A condition.",
        "type": "It waits for a reply.",
        "role": ROLE,
        "label": LABEL,
        "branches": "Tried in order.",
        "else": "For every other reply.",
    },
    "UserResponseBranch": {
        "id": "Its name within the condition.",
        "label": LABEL,
        "patterns": "One that fits the reply's text, or else its postback, takes the branch.",
        "suggestion": "The `id` of the suggestion that the branch was made from.",
        "report_field": REPORT.format("reply"),
        "next": NEXT,
    },
    "ExpressionCondition": {
        "id": ID,
        "kind": "A condition.",
        "type": "It is evaluated at once.",
        "role": ROLE,
        "label": LABEL,
        "branches": "Tried in order.",
        "else": "Where none is true.",
    },
    "ExpressionBranch": {
        "id": "Its name within the condition.",
        "label": LABEL,
        "expression": "Takes the branch when it is true; one that cannot be computed is not.",
        "report_field": REPORT.format("label"),
        "next": NEXT,
    },
    "Otherwise": {"label": LABEL, "report_field": "As for a branch.", "next": NEXT},
    "Layout": {"nodes": "The place of each node by its id: [x, y].", "notes": "Notes on the canvas."},
    "Note": {"id": "Its name.", "text": "What it says.", "at": "Its place: [x, y]."},
    "Transcript": {
        "name": "What it is called in results.",
        "scenarios": "Files of further chatbots on the same sender, seen from the transcript: jump targets, a default.",
        "contact": "Who chats.",
        "now": "Where the clock starts, ISO 8601.",
        "http": "Answers for scripts.",
        "turns": "What happens, and what is expected.",
    },
    "Contact": {
        "phone": "Phone number.",
        "name": "Name.",
        "language": "Language.",
        "attributes": "Attributes.",
    },
    "HttpAnswer": {
        "match": "Method and address; `*` stands for anything.",
        "status": "Status of the answer.",
        "headers": "Headers of the answer.",
        "json": "Its body as JSON.",
        "text": "Its body as a text, instead.",
        "error": "The call fails with this message instead.",
    },
    "TranscriptTurn": {
        "in": "The contact writes this text, or sends what the mapping says.",
        "wait": "Seconds pass; timers fire at their second.",
        "fail": "The last message is reported as not delivered.",
        "operator": "A person acts.",
        "out": "The messages of the bot: texts, `/patterns/`, or the fields that the content must have. A pattern is a "
        "regular expression of Python, case-sensitive, found anywhere in the text.",
        "at": "The node where the chat is.",
        "status": "The status of the newest thread.",
        "vars": "Variables that must have these values; `null`: there is none.",
        "effects": "All effects of these kinds, in any order.",
    },
    "Inbound": {
        "text": "Text.",
        "postback": "Postback of a tapped suggestion.",
        "location": "Latitude and longitude.",
        "attachment": "Key of a stored file.",
    },
    "StartAt": {"start_at": "Start the chatbot at this node."},
}
