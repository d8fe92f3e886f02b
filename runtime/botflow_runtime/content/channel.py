"""What a channel can send: its content types as one thing to validate with and to read from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter, ValidationError

from botflow_runtime.content.fields import RENDERED, UNRENDERED
from botflow_runtime.content.model import Message, Suggestion, objects
from botflow_runtime.content.problems import ContentProblem, listed, problems_of


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion as conditions and clients see it. `kind` is its type; a reply without a postback sends its text."""

    id: str
    text: str
    postback: str
    kind: str


@dataclass(frozen=True)
class RequiredKeys:
    """Things kept elsewhere that content names, each once, in order of appearance."""

    assets: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()


def _unchanged(content: dict[str, Any]) -> dict[str, Any]:
    return content


class ContentChannel:
    """The content of one channel (MS-1 to MS-11).

    `adapter` is pydantic's validator of any of its types (and the source of the JSON Schema), `types` their names,
    `from_vendor` turns the vendor's own JSON into content (ST-2) and leaves content as it is. All methods take any
    JSON value as content and never raise because of it.
    """

    def __init__(
        self,
        name: str,
        messages: tuple[type[Message], ...],
        suggestions: tuple[type[Suggestion], ...] = (),
        from_vendor: Callable[[dict[str, Any]], dict[str, Any]] = _unchanged,
    ) -> None:
        self.name = name
        self.messages: Mapping[str, type[Message]] = {kind: model for model in messages for kind in type_names(model)}
        self.types = tuple(self.messages)
        self.kinds = frozenset(kind for model in suggestions for kind in type_names(model))
        self.from_vendor = from_vendor
        self.adapter: TypeAdapter[Message] = TypeAdapter(_any_of(messages))

    def problems(self, content: object, *, rendered: bool = False) -> list[ContentProblem]:
        """Every mistake at once. `rendered`: as it will be sent; otherwise placeholders are given the benefit."""
        if not isinstance(content, dict):
            return [ContentProblem((), f"Write the content as an object whose `type` is {self._choice}.", "wrong_type")]
        if "type" not in content:
            return [ContentProblem(("type",), f"Add `type`: it must be {self._choice}.", "missing")]
        model = self._model(content)
        if model is None:
            said = f"`{content['type']}`" if isinstance(content["type"], str) else "this"
            sentence = f"{self.name} cannot send {said}: set `type` to {self._choice}."
            return [ContentProblem(("type",), sentence, "unknown_type", {"known": self._choice})]
        try:
            model.model_validate(content, context=RENDERED if rendered else UNRENDERED)
        except ValidationError as error:
            return problems_of(error, content)
        return []

    def is_valid(self, content: object, *, rendered: bool = True) -> bool:
        """Whether the content can be sent as it stands."""
        try:
            self.adapter.validate_python(content, context=RENDERED if rendered else UNRENDERED)
        except ValidationError:
            return False
        return True

    def suggestions(self, content: object) -> list[SuggestionView]:
        """All suggestions, wherever they are: under the message, in cards, as buttons, as rows of a list."""
        return list(self._suggestions(content))

    def text_of(self, content: object) -> str:
        """The text a person reads, without buttons: what transcripts compare. Empty where nothing can be read."""
        model = self._model(content)
        return model.text_of(content) if model is not None and isinstance(content, dict) else ""

    def required_keys(self, content: object) -> RequiredKeys:
        """Keys of assets and names of templates that the content names."""
        assets = [item["asset"] for _, item in objects(content) if isinstance(item.get("asset"), str)]
        model = self._model(content)
        templates = model.templates(content) if model is not None and isinstance(content, dict) else ()
        return RequiredKeys(tuple(dict.fromkeys(assets)), tuple(dict.fromkeys(templates)))

    @property
    def _choice(self) -> str:
        return listed(self.types) if len(self.types) == 1 else f"one of {listed(self.types)}"

    def _model(self, content: object) -> type[Message] | None:
        kind = content.get("type") if isinstance(content, dict) else None
        return self.messages.get(kind) if isinstance(kind, str) else None

    def _suggestions(self, content: object) -> Iterator[SuggestionView]:
        for _, item in objects(content):
            identifier, kind, text = item.get("id"), item.get("type"), item.get("text")
            if isinstance(identifier, str) and isinstance(kind, str) and kind in self.kinds and isinstance(text, str):
                postback = item.get("postback")
                yield SuggestionView(identifier, text, postback if isinstance(postback, str) else text, kind)


def type_names(model: type[Message] | type[Suggestion]) -> tuple[str, ...]:
    """The values of the model's `type`."""
    return tuple(model.model_fields["type"].annotation.__args__)  # type: ignore[union-attr]  # always a Literal


def _any_of(messages: tuple[type[Message], ...]) -> Any:
    if len(messages) == 1:
        return messages[0]
    return Annotated[Union[messages], Field(discriminator="type")]  # noqa: UP007  # a union made from a tuple
