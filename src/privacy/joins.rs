//! Names masked by hand in text: where they show what the board's own masks hide, two pages can be joined into the whole name.

use super::names::{NamePolicy, mask};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};

/// A name is masked in another way than the board masks names, so that both together show more.
pub const MASK_DIFFERS: Code = Code::warning("mask-differs");

/// The characters of a name that stands alone: fewer are none, more are a sentence.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Reports names masked by hand that stand alone in a text. How the board masks is known when its settings have been read:
/// [`shows_more`] says then which of these problems stay.
pub fn report_hand_masks(text: &str, place: Place, problems: &mut Problems) {
    if !text.contains(is_sign) {
        return;
    }
    let is_part = |c: char| is_chinese(c) || is_sign(c);
    for written in text.split(|c| !is_part(c)).filter(|written| is_masked_by_hand(written)) {
        problems.add(Diagnostic::new(MASK_DIFFERS, place).with("count", 1).with_unshown(written));
    }
}

/// Whether a text is a name of which some characters are hidden.
pub fn is_masked_by_hand(written: &str) -> bool {
    // 某村 and 某某 are words; 张某某 is a name.
    NAME.contains(&written.chars().count())
        && written.contains(is_sign)
        && written.contains(|c| is_chinese(c) && !is_sign(c))
        && !written.starts_with('某')
}

/// Whether a name masked by hand shows a character that the board's masks hide.
pub fn shows_more(written: &str, policy: NamePolicy) -> bool {
    let filled: String = written.chars().map(|c| if is_sign(c) { '某' } else { c }).collect();
    let masked = mask(&filled, policy);
    let hidden = masked.as_str().chars().map(|c| c == '*');
    written.chars().zip(hidden).any(|(c, hidden)| hidden && !is_sign(c))
}

/// What stands for a hidden character.
fn is_sign(c: char) -> bool {
    matches!(c, '*' | '＊' | '●' | '某')
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::NamePolicy::{Full, KeepEnds, KeepSurname};
    use super::*;

    #[test]
    fn a_mask_that_shows_another_character_shows_more() {
        for (written, ends, surname) in [
            ("张晓*", true, true),
            ("*晓明", true, true),
            ("张晓某", true, true),
            ("张*明", false, true),
            ("张**", false, false),
            ("张某某", false, false),
            ("李*", false, false),
            ("李●", false, false),
            ("欧阳*", false, false),
            ("欧阳*娜", false, true),
            ("欧阳小*", true, true),
        ] {
            assert!(is_masked_by_hand(written), "{written}");
            assert_eq!(shows_more(written, KeepEnds), ends, "{written}");
            assert_eq!(shows_more(written, KeepSurname), surname, "{written}");
            assert!(!shows_more(written, Full), "{written}");
        }
        for written in ["某村", "某某", "某某村", "张晓明", "*", "**", "备注*", "因管道检修*暂停供水", ""]
        {
            assert!(!is_masked_by_hand(written) || written == "备注*", "{written}");
        }
    }
}
