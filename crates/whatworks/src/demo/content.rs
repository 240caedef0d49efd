//! The words of the demonstration: statements with how its two camps answer them, posts, names and countries.
//!
//! All of it is made up. A statement has the chance that a member of the first and of the second camp agrees with it.

/// A statement and how the two camps answer.
pub(super) struct Said {
    pub(super) text: &'static str,
    /// Chance of agreeing in the first and in the second camp.
    pub(super) agree: [f64; 2],
    /// Whether the facilitators wrote it before the start.
    pub(super) is_seed: bool,
}

const fn seed(text: &'static str, first: f64, second: f64) -> Said {
    Said { text, agree: [first, second], is_seed: true }
}
const fn said(text: &'static str, first: f64, second: f64) -> Said {
    Said { text, agree: [first, second], is_seed: false }
}

/// The statements, in their order.
pub(super) const STATEMENTS: [Said; 18] = [
    seed("Group liability is what makes clients repay.", 0.92, 0.08),
    seed("Groups that choose their own members repay better.", 0.78, 0.7),
    seed("In rural branches, group lending is the only method that covers its cost.", 0.93, 0.12),
    seed("Individual loans should be offered to every client after two good cycles.", 0.1, 0.85),
    seed("Weekly meetings are worth their time for the advice that is given in them.", 0.6, 0.4),
    seed("Holding the meeting costs our clients more time than the loan is worth to them.", 0.85, 0.84),
    seed("A defaulting member should not make the whole group lose its next loan.", 0.92, 0.9),
    seed("Group lending reaches poorer clients than individual lending does.", 0.65, 0.45),
    said("Staff bonuses on portfolio growth do more damage than any lending method.", 0.88, 0.9),
    said("Groups break over time, not over money.", 0.55, 0.5),
    said("A loan officer can serve twice as many clients in groups.", 0.7, 0.55),
    said("Dropping group liability would double our arrears.", 0.8, 0.15),
    said("Clients should be able to leave a group without losing their savings.", 0.9, 0.93),
    said("Group pressure hides clients who cannot afford their instalment.", 0.15, 0.88),
    said("Mobile repayment makes the meeting unnecessary.", 0.3, 0.6),
    said("Five is the right size for a group.", 0.5, 0.35),
    said("Over-indebted clients are found sooner in groups.", 0.6, 0.3),
    said("We would change our method if a trial showed that another one works better.", 0.75, 0.8),
];

/// A post: who of the members writes it, what it answers (its place in this list), after how many hours, and the text.
pub(super) struct Written {
    pub(super) by: usize,
    pub(super) answers: Option<usize>,
    pub(super) after_hours: i64,
    pub(super) is_by_mail: bool,
    pub(super) text: &'static str,
}

const fn post(
    by: usize,
    answers: Option<usize>,
    after_hours: i64,
    is_by_mail: bool,
    text: &'static str,
) -> Written {
    Written { by, answers, after_hours, is_by_mail, text }
}

/// The thread, in the order in which it was written.
pub(super) const POSTS: [Written; 12] = [
    post(
        2,
        None,
        3,
        true,
        "Our groups do not break over money. They break when the meeting moves from 30 minutes to two hours because one member is late.",
    ),
    post(
        7,
        Some(0),
        5,
        true,
        "Same here. We cut the meeting to once a month and watched arrears: no change in eight months, but we had no comparison branches.",
    ),
    post(
        11,
        Some(1),
        6,
        false,
        "There is a trial on exactly this: weekly against monthly meetings. I would look at its interval before saying *no difference*: see the [findings](/findings).",
    ),
    post(
        4,
        None,
        9,
        true,
        "Chez nous, ce sont les départs en ville qui cassent les groupes : trois membres partent, les autres ne veulent plus garantir.",
    ),
    post(14, Some(3), 12, false, "How do you replace a member who leaves in the middle of a cycle?"),
    post(
        4,
        Some(4),
        20,
        true,
        "Le groupe propose quelqu’un, l’agent visite la maison, et la dette reste à celui qui part. Cela prend un mois.",
    ),
    post(
        19,
        None,
        26,
        true,
        "En nuestra cooperativa pasamos a préstamos individuales después de dos ciclos. La mora subió un poco y luego bajó; no sabemos por qué.",
    ),
    post(
        23,
        Some(6),
        27,
        false,
        "Did the better clients leave the groups first? Then the groups that stay would look worse without any change in the method.",
    ),
    post(
        2,
        Some(7),
        30,
        true,
        "Good point. We saw that: the treasurer of nearly every group was the first to ask for a loan of her own.",
    ),
    post(
        31,
        None,
        32,
        true,
        "Nobody has mentioned clients who hide that they cannot pay because the group would shame them. We only learnt of it when we asked them alone.",
    ),
    post(
        0,
        None,
        34,
        false,
        "Two statements drawn from this are open to vote now: on meeting time, and on losing the next loan.",
    ),
    post(
        38,
        Some(9),
        40,
        true,
        "What would it take to measure this? Has anybody asked the same question in a survey outside the group?",
    ),
];

/// Given names of members, made up; who comes first facilitates.
pub(super) const NAMES: [&str; 52] = [
    "Amina", "Rosa", "Tariq", "Lucía", "Moussa", "Grace", "Sunita", "Pedro", "Fatou", "Daniel", "Leila",
    "Arif", "Beatriz", "Kofi", "Nadia", "Ruth", "Carlos", "Mercy", "Hassan", "Elena", "Ibrahim", "Joy",
    "Rahim", "Ana", "Samuel", "Priya", "Luis", "Zainab", "Peter", "Inés", "Oumar", "Chandra", "Esther",
    "Jorge", "Salma", "Thomas", "Marisol", "Yusuf", "Hope", "Anil", "Paola", "Binta", "Farid", "Teresa",
    "Musa", "Nirmala", "David", "Silvia", "Aïcha", "Ravi", "Wanjiru", "Diego",
];

/// Countries, by turns.
pub(super) const COUNTRIES: [&str; 19] = [
    "KE", "PE", "BD", "BO", "SN", "UG", "IN", "GT", "ML", "GH", "JO", "PK", "NI", "TZ", "MA", "PH", "MX",
    "RW", "KH",
];

/// Background of the question.
pub(super) const BACKGROUND: &str = "Group lending asks each member of a group to answer for the others. Some lenders \
    have dropped that liability, some have kept the group without it.\n\nThis discussion asks **what stands in the way \
    of groups that work for clients**, before it asks what to do about it.";

/// House rules.
pub(super) const RULES: &str = "- Speak to the point, not to the person.\n- A fact needs its source.\n- No client is \
    named or recognisable.\n- No product is promoted.";
