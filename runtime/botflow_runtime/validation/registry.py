"""The rules of validation: one line each, in the order in which their problems are listed for one node."""

from __future__ import annotations

from typing import Final

from botflow_runtime.validation import (
    code,
    conditions,
    content,
    failures,
    flow,
    jumps,
    keywords,
    links,
    roles,
    suggestions,
    unanswered,
    variables,
)
from botflow_runtime.validation.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    roles.no_start,
    roles.two_starts,
    roles.start_is_condition,
    roles.two_of_a_role,
    roles.missing_role_node,
    roles.unused_role,
    links.duplicate_node_id,
    links.duplicate_branch_id,
    links.dangling_next,
    links.mixed_next,
    links.never_tried,
    links.next_never_followed,
    conditions.bad_expression,
    conditions.bad_pattern,
    conditions.no_patterns,
    conditions.overlapping_patterns,
    conditions.question_before_response,
    content.bad_content,
    content.bad_message_type,
    suggestions.suggestion_gone,
    suggestions.suggestion_unmatched,
    suggestions.suggestion_untaken,
    unanswered.suggestion_unanswered,
    code.bad_code,
    jumps.unknown_chatbot,
    jumps.other_channel,
    jumps.jump_cycle,
    keywords.trigger_collision,
    keywords.opt_out_words,
    keywords.keyword_takes_reply,
    flow.unreachable,
    flow.loop_without_wait,
    flow.dead_end,
    flow.branch_without_next,
    flow.no_else,
    variables.unset_variable,
    variables.shared_variable,
    variables.odd_placeholder,
    failures.failover_into_itself,
)
