//! The words inside a column's name: `HH_head-Age2` is hh, head, age.

/// Lower-case words of a name, split at marks, digits and changes to capitals.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_small = false;
    for letter in name.chars() {
        let starts = letter.is_uppercase() && before_small;
        if !letter.is_alphabetic() || starts {
            words.push(String::new());
        }
        if letter.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before_small = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a name holds one of some words.
pub(super) fn holds(name: &str, wanted: &[&str]) -> bool {
    words(name).iter().any(|word| wanted.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        assert_eq!(words("HH_head-Age2"), ["hh", "head", "age"]);
        assert_eq!(words("phoneNumber"), ["phone", "number"]);
        assert_eq!(words("GPS lat."), ["gps", "lat"]);
        assert!(holds("age_of_client", &["age"]) && !holds("wage", &["age"]));
    }
}
