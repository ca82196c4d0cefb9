"""What makes an answer concrete is found, not scored."""

from simulator.core.specificity import measure_specificity


def said(text):
    return tuple(text.split())


def at(words, positions):
    return [words[i] for i in positions]


def test_numbers_names_and_actions_are_pointed_at():
    words = said("In 2019 I called Sandra at the Bristol, and we saved twelve rooms.")
    found = measure_specificity(words)
    assert at(words, found.numbers) == ["2019", "twelve"]
    assert at(words, found.names) == ["Sandra", "Bristol,"]
    assert at(words, found.actions) == ["called"]
    assert (found.singular, found.plural) == (1, 1)


def test_states_of_mind_are_no_actions_and_sentence_starts_no_names():
    words = said("I wanted peace. Nobody listened. I liked him.")
    found = measure_specificity(words)
    assert found.actions == ()
    assert found.names == ()


def test_an_action_after_a_hesitation_counts():
    words = said("and i um i rang the landlord")
    assert at(words, measure_specificity(words).actions) == ["rang"]
