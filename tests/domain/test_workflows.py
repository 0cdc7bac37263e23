"""The five presets, word by word against workflows.md section 5: every status, wait, reason, trigger value, role and flag."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frontdesk.domain.workflow import Asks, Disposition, Entry, GiveUp, Happening, Outcome, Role, Stage, Waits
from tests.domain.cases import PRESETS, preset

# preset, key, label, stage, entered, asks, other flags; "where nothing is said, both"
STATUSES = """
three_attempts | created | Created | new | automatic | | new
three_attempts | contacted | Contacted | follow_up | both | follow_up | contacted
three_attempts | scheduled | Scheduled | booked | both | appointment | sched
three_attempts | transfer | Transfer | follow_up | both | note to_person | transfer
three_attempts | dead | Dead | lost | both | reason | dead
three_attempts | invalid | Invalid | excluded | both | reason verified | invalid
six_follow_ups | new_lead_no_action_yet | New Lead – No Action Yet | new | automatic | | new
six_follow_ups | consultation_booked | Consultation Booked | booked | automatic | | sched
six_follow_ups | consultation_rescheduled_and_booked | Consultation Rescheduled and Booked | booked | automatic | | sched
six_follow_ups | consultation_cancelled | Consultation Cancelled | rebook | automatic | | follow
six_follow_ups | follow_up_1 | Follow up 1 | follow_up | both | follow_up note | follow
six_follow_ups | follow_up_2 | Follow up 2 | follow_up | both | follow_up note | follow
six_follow_ups | follow_up_3 | Follow up 3 | follow_up | both | follow_up note | follow
six_follow_ups | follow_up_4 | Follow up 4 | follow_up | both | follow_up note | follow
six_follow_ups | follow_up_5 | Follow up 5 | follow_up | both | follow_up note | follow
six_follow_ups | follow_up_6 | Follow up 6 | follow_up | both | follow_up note | follow
six_follow_ups | consultation_cancelled_and_dnc | Consultation Cancelled and DNC | lost | both | | dead
six_follow_ups | unserviceable_lead | Unserviceable Lead | not_qualified | hand | | invalid
six_follow_ups | out_of_area | Out of Area | not_qualified | hand | | invalid
six_follow_ups | dnc | DNC | lost | hand | | dead
six_follow_ups | not_sold_thinking_it_over | Not Sold – Thinking it Over | seen | hand | follow_up | consult
six_follow_ups | not_sold_lost | Not Sold – Lost | lost | hand | | dead
six_follow_ups | cold_lead | Cold Lead | lost | both | | dead
six_follow_ups | sold | Sold | won | automatic | revenue | done
appointment_led | lead | Lead | new | both | | new
appointment_led | booked | Booked | booked | both | appointment | sched
appointment_led | cancelled | Cancelled | rebook | both | follow_up | follow
appointment_led | invoiced | Invoiced | won | both | revenue | done
appointment_led | lost | Lost | lost | both | | dead
sales_funnel | new | New | new | both | | new
sales_funnel | follow_up | Follow Up | follow_up | both | follow_up | follow
sales_funnel | scheduled | Scheduled | booked | both | appointment | sched
sales_funnel | consult_completed | Consult Completed | seen | both | follow_up | consult
sales_funnel | procedure_completed | Procedure Completed | won | both | revenue | done
sales_funnel | not_qualified | Not Qualified | not_qualified | both | | invalid
front_desk | new | New | new | both | | new
front_desk | attempting | Attempting | follow_up | both | follow_up | follow
front_desk | contacted | Contacted | follow_up | both | follow_up | contacted
front_desk | scheduled | Scheduled | booked | both | appointment | sched
front_desk | cancelled | Cancelled | rebook | both | follow_up | follow
front_desk | no_show | No-show | rebook | both | follow_up | follow
front_desk | consult_completed | Consult Completed | seen | both | follow_up | consult
front_desk | procedure_completed | Procedure Completed | won | both | revenue | done
front_desk | lost | Lost | lost | both | reason | dead
front_desk | not_qualified | Not Qualified | not_qualified | both | reason | invalid
front_desk | invalid | Invalid | excluded | both | reason verified | invalid
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in STATUSES.strip().splitlines()]


def named(*cells: str) -> str:
    return f"{cells[0]}: {cells[1]}"


@pytest.mark.parametrize(
    ("workflow", "key", "label", "stage", "entered", "asks", "tone"), [pytest.param(*row, id=f"S1.01 {named(*row)}") for row in ROWS]
)
def test_a_status_is_as_the_specification_has_it(
    *, workflow: str, key: str, label: str, stage: str, entered: str, asks: str, tone: str
) -> None:
    status = preset(workflow).statuses[key]
    assert (status.label, status.stage, status.entered, status.tone) == (label, Stage(stage), Entry(entered), tone)
    assert status.asks == frozenset(map(Asks, asks.split()))


@pytest.mark.parametrize("workflow", PRESETS)
def test_a_preset_has_these_statuses_and_no_others(workflow: str) -> None:
    assert set(preset(workflow).statuses) == {row[1] for row in ROWS if row[0] == workflow}


@pytest.mark.parametrize("workflow", PRESETS)
def test_every_status_says_in_one_sentence_when_to_use_it_and_can_follow_every_other(workflow: str) -> None:
    for status in preset(workflow).statuses.values():
        assert status.when
        assert status.icon
        assert not status.follows


OUTCOMES = {
    "new": "open",
    "follow_up": "open",
    "booked": "open",
    "rebook": "open",
    "seen": "open",
    "won": "won",
    "lost": "lost",
    "not_qualified": "lost",
    "excluded": "excluded",
}


@pytest.mark.parametrize(("workflow", "key", "stage"), [pytest.param(row[0], row[1], row[3], id=named(*row)) for row in ROWS])
def test_the_outcome_of_a_status_is_that_of_its_stage(workflow: str, key: str, stage: str) -> None:
    assert preset(workflow).statuses[key].outcome is Outcome(OUTCOMES[stage])


SPECIAL = {
    ("six_follow_ups", "consultation_cancelled_and_dnc"): "do_not_call call_centre",
    ("six_follow_ups", "dnc"): "do_not_call",
    ("six_follow_ups", "unserviceable_lead"): "no_marketing",
    ("six_follow_ups", "out_of_area"): "no_marketing",
    ("sales_funnel", "not_qualified"): "no_marketing",
    ("front_desk", "not_qualified"): "no_marketing",
}


@pytest.mark.parametrize(("workflow", "key"), [pytest.param(*row[:2], id=named(*row)) for row in ROWS])
def test_only_these_statuses_block_calls_stop_marketing_or_ask_for_a_role(workflow: str, key: str) -> None:
    status = preset(workflow).statuses[key]
    flags = {"do_not_call": status.sets_do_not_call, "no_marketing": status.stops_marketing} | dict.fromkeys(status.roles, True)
    assert {str(name) for name, is_set in flags.items() if is_set} == set(SPECIAL.get((workflow, key), "").split())


@pytest.mark.parametrize("workflow", PRESETS)
def test_every_status_can_be_reopened_and_is_shown(workflow: str) -> None:
    for status in preset(workflow).statuses.values():
        assert status.reopenable
        assert not status.hidden


LOSS = [
    "invalid_phone_number",
    "customer_availability",
    "consultation_fee_too_high",
    "procedure_not_offered",
    "found_another_provider",
    "insurance",
    "price_shopping",
    "no_contact",
    "something_else",
]
KINDS = ["spam", "job_seeker", "marketing", "duplicate", "test", "other"]
REASONS = {
    ("three_attempts", "dead"): LOSS,
    ("three_attempts", "invalid"): KINDS,
    ("appointment_led", "lost"): LOSS,
    ("front_desk", "lost"): LOSS,
    ("front_desk", "not_qualified"): ["out_of_area", "not_offered", "not_suitable", "something_else"],
    ("front_desk", "invalid"): KINDS,
}


@pytest.mark.parametrize(("workflow", "key"), [pytest.param(*row[:2], id=f"S0.10 {named(*row)}") for row in ROWS])
def test_the_reasons_that_can_be_chosen_are_these_in_this_order(workflow: str, key: str) -> None:
    made = preset(workflow)
    assert [reason.key for reason in made.reasons_for(made.statuses[key]) if not reason.system_only] == REASONS.get((workflow, key), [])


@pytest.mark.parametrize(
    ("workflow", "system_only"),
    [
        ("three_attempts", {"best_practices", "not_recorded"}),
        ("six_follow_ups", {"not_recorded"}),
        ("appointment_led", {"not_recorded"}),
        ("sales_funnel", {"not_recorded"}),
        ("front_desk", {"not_recorded"}),
    ],
)
def test_these_reasons_only_the_system_gives(workflow: str, system_only: set[str]) -> None:
    assert {reason.key for reason in preset(workflow).reasons.values() if reason.system_only} == system_only


@pytest.mark.parametrize(
    ("key", "label", "group"),
    [
        pytest.param("invalid_phone_number", "Invalid phone number", "unreachable", id="S0.11"),
        pytest.param("customer_availability", "Customer availability", "timing", id="S0.12"),
        pytest.param("consultation_fee_too_high", "Consultation fee too high", "price", id="S0.13"),
        pytest.param("procedure_not_offered", "Procedure not offered", "fit", id="S0.14"),
        pytest.param("found_another_provider", "Found another provider", "competitor", id="S0.15"),
        pytest.param("insurance", "Insurance", "coverage", id="S0.16"),
        pytest.param("price_shopping", "Price shopping", "price", id="S0.17"),
        pytest.param("no_contact", "No contact after {max} attempts", "unreachable", id="S0.18"),
        pytest.param("something_else", "Something else", "other", id="S0.21"),
        pytest.param("best_practices", "Best practices", "unreachable", id="S4.09"),
    ],
)
def test_a_reason_for_dead_has_its_label_and_group(key: str, label: str, group: str) -> None:
    reason = preset("three_attempts").reasons[key]
    assert (reason.label, reason.group) == (label, group)


@pytest.mark.parametrize("workflow", ["three_attempts", "appointment_led", "front_desk"])
def test_s0_21_only_something_else_needs_a_note(workflow: str) -> None:
    assert [key for key, reason in preset(workflow).reasons.items() if reason.needs_note] == ["something_else"]


@pytest.mark.parametrize(("workflow", "needed"), [("three_attempts", 3), ("front_desk", 6), ("appointment_led", 0)])
def test_s0_18_no_contact_needs_all_attempts_where_there_is_a_maximum(workflow: str, needed: int) -> None:
    made = preset(workflow)
    assert {key: made.attempts_needed(reason) for key, reason in made.reasons.items()} == dict.fromkeys(made.reasons, 0) | {
        "no_contact": needed
    }


H = timedelta(hours=1)
WAITS = {  # attempt: without date, left message, no answer
    ("three_attempts", 1): (4, 4, 4),
    ("three_attempts", 2): (4, 24, 24),
    **{("six_follow_ups", k): (48, 48, 48) for k in range(1, 7)},
    ("front_desk", 1): (4, 4, 4),
    ("front_desk", 2): (24, 24, 24),
    ("front_desk", 3): (48, 48, 48),
    ("front_desk", 4): (96, 96, 96),
    ("front_desk", 5): (168, 168, 168),
}
FEATURE = {("three_attempts", 1): "S4.03 S4.04", ("three_attempts", 2): "S4.05 S4.06"}


@pytest.mark.parametrize(
    ("workflow", "number", "hours"),
    [pytest.param(*key, hours, id=f"{FEATURE.get(key, '')} {key[0]} attempt {key[1]}".strip()) for key, hours in WAITS.items()],
)
def test_the_wait_after_an_attempt_is_as_in_the_table(workflow: str, number: int, hours: tuple[int, int, int]) -> None:
    policy = preset(workflow).attempts
    assert policy is not None
    dispositions = (None, Disposition.LEFT_MESSAGE, Disposition.NO_ANSWER)
    assert tuple(policy.wait(number, disposition) // H for disposition in dispositions) == hours


def test_an_attempt_added_to_the_maximum_takes_the_waits_of_the_one_before() -> None:
    policy = preset("three_attempts").attempts
    assert policy is not None
    assert policy.wait(3, Disposition.LEFT_MESSAGE) == policy.wait(2, Disposition.LEFT_MESSAGE)
    assert policy.wait(4, None) == policy.wait(2, None)


@pytest.mark.parametrize(
    ("workflow", "maximum", "way", "to", "reason", "grace", "reached"),
    [
        pytest.param("three_attempts", 3, GiveUp.AT_ONCE, "dead", "best_practices", 0, "contacted", id="S0.19 S4.09"),
        pytest.param("six_follow_ups", 6, GiveUp.AFTER_LAST_FOLLOW_UP, "cold_lead", None, 2, None, id="S1.11 S1.18"),
        pytest.param("front_desk", 6, GiveUp.AFTER_A_WAIT, "lost", "no_contact", 24, "contacted", id="front_desk"),
    ],
)
def test_a_preset_gives_up_in_its_way(
    *, workflow: str, maximum: int, way: GiveUp, to: str, reason: str | None, grace: int, reached: str | None
) -> None:
    policy = preset(workflow).attempts
    assert policy is not None
    assert (policy.maximum, policy.give_up, policy.gives_up_to) == (maximum, way, to)
    assert (policy.reason, policy.grace, policy.reached) == (reason, grace * H, reached)


@pytest.mark.parametrize("workflow", ["appointment_led", "sales_funnel"])
def test_these_presets_have_no_attempt_limit(workflow: str) -> None:
    assert preset(workflow).attempts is None


@pytest.mark.parametrize("workflow", PRESETS)
def test_s4_11_to_s4_16_the_channels_that_count_are_the_same_in_every_preset(workflow: str) -> None:
    made = preset(workflow)
    assert made.counted_channels == {"call", "call_answered", "email_reply", "visit"}
    assert made.uncounted_channels == {"text", "chat_email", "automatic_email"}


@pytest.mark.parametrize("workflow", PRESETS)
def test_only_our_own_preset_moves_waits_into_opening_hours(workflow: str) -> None:
    assert preset(workflow).waits_into_opening is (workflow == "front_desk")


@pytest.mark.parametrize("workflow", PRESETS)
def test_the_first_response_is_amber_after_5_minutes_and_red_after_30(workflow: str) -> None:
    made = preset(workflow)
    assert (made.response_amber, made.response_red) == (timedelta(minutes=5), timedelta(minutes=30))


@pytest.mark.parametrize("workflow", PRESETS)
def test_the_count_restarts_at_cancelled_did_not_arrive_and_reopen(workflow: str) -> None:
    made = preset(workflow)
    assert {happening for happening, trigger in made.triggers.items() if trigger.restarts} == {Happening.CANCEL, Happening.NO_SHOW}
    assert {happening for happening, trigger in made.triggers.items() if trigger.follow_up_now} == {Happening.CANCEL, Happening.NO_SHOW}
    assert made.reopening_restarts


@pytest.mark.parametrize("workflow", PRESETS)
def test_converted_means_won_where_there_is_a_won_status_and_booked_where_there_is_none(workflow: str) -> None:
    made = preset(workflow)
    has_won = any(status.stage is Stage.WON for status in made.statuses.values())
    assert made.converted is (Stage.WON if has_won else Stage.BOOKED)


def test_s1_12_moving_an_open_follow_up_is_for_the_call_centre_in_six_follow_ups_only() -> None:
    assert {key: preset(key).move_follow_up_roles for key in PRESETS} == dict.fromkeys(PRESETS, frozenset()) | {
        "six_follow_ups": frozenset((Role.CALL_CENTRE,))
    }


def test_s1_07_every_numbered_follow_up_is_due_after_48_hours_and_counts_as_its_number() -> None:
    numbered = {
        key: (status.number, status.wait) for key, status in preset("six_follow_ups").statuses.items() if status.number or status.wait
    }
    assert numbered == {f"follow_up_{k}": (k, 48 * H) for k in range(1, 7)}


def test_all_but_the_two_kinds_of_not_reaching_somebody_take_the_wait_without_date() -> None:
    waits = Waits(H, 2 * H, 3 * H)
    assert [waits.after(disposition) // H for disposition in (None, *Disposition)] == [1, 3, 2, 1, 1]


def test_a_status_is_found_by_its_key() -> None:
    assert preset("front_desk").status("no_show").label == "No-show"
