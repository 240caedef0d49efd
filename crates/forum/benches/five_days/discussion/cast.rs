//! Who takes part: a steward, facilitators, and members who come in by invitation, each with a mind, a country and a
//! measure of zeal.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use time::{Duration, OffsetDateTime};
use whatworks_accounts::token::Token;
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, OrganisationKind, Role};
use whatworks_forum::acts::join::{About, Invite, accept_invitation, invite};
use whatworks_forum::acts::standing::{KeepOrganisation, keep_organisation};
use whatworks_forum::{Actor, Notice};
use whatworks_store::{Consequences, NewConsent, NewMember, Profile, Store};

/// Country, time zone and hours east of Greenwich.
const PLACES: [(&str, &str, i64); 8] = [
    ("KE", "Africa/Nairobi", 3),
    ("IN", "Asia/Kolkata", 5),
    ("PE", "America/Lima", -5),
    ("BD", "Asia/Dhaka", 6),
    ("SN", "Africa/Dakar", 0),
    ("PH", "Asia/Manila", 8),
    ("FR", "Europe/Paris", 1),
    ("FJ", "Pacific/Fiji", 12),
];
/// Camps that members are of.
pub(crate) const CAMPS: usize = 3;

/// How a member votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mind {
    /// As the camp leans.
    Camp(usize),
    /// Without reading.
    Random,
    /// As the others of the brigade, from one network.
    Brigade,
}

/// A member.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) actor: Actor,
    pub(crate) mind: Mind,
    /// Hours east of Greenwich.
    pub(crate) east: i64,
    pub(crate) visits: usize,
    /// Writes to sell something.
    pub(crate) sells: bool,
}

/// Everyone.
pub(crate) struct Cast {
    pub(crate) steward: Actor,
    pub(crate) facilitators: Vec<Actor>,
    pub(crate) members: Vec<Person>,
}

/// Random bytes for acts, the same at each run.
pub(crate) fn die(seed: u64) -> impl FnMut() -> [u8; 32] + Send {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    move || {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        bytes
    }
}

/// Those with powers: how they prove themselves is not what this simulation is about, so they are written as they are.
async fn appoint(store: &Store, id: &str, role: Role, now: OffsetDateTime) -> Actor {
    let member = NewMember {
        member_id: id.into(),
        address: MailAddress::new(&format!("{id}@simulated.invalid")).unwrap(),
        status: MemberStatus::Active,
        profile: Profile {
            name: format!("The {id}"),
            language: "en".into(),
            time_zone: "UTC".into(),
            country: "KE".into(),
            about: String::new(),
            delivery: Delivery::Daily,
        },
        organisation_id: None,
        request_note: String::new(),
        is_vouched: true,
        ballot_key: format!("key of {id}"),
        consents: Vec::new(),
    };
    let nothing = Consequences::default();
    store.members().insert(&member, &nothing, now).await.unwrap();
    store.members().grant_role(id, role, "program", &nothing, now).await.unwrap();
    Actor { member_id: id.into(), roles: [role].into_iter().collect(), is_strong: true }
}

/// Invites everyone, reads the mails, and accepts. Every second member comes from an organisation that vouches.
pub(crate) async fn assemble(store: &Store, members: usize, seed: u64, now: OffsetDateTime) -> Cast {
    let steward = appoint(store, "steward", Role::Steward, now).await;
    let mut facilitators = Vec::new();
    for shift in ["mornings", "evenings"] {
        facilitators.push(appoint(store, shift, Role::Facilitator, now).await);
    }
    let mut random = die(seed);
    let organisation = KeepOrganisation {
        organisation_id: None,
        name: "A network",
        kind: OrganisationKind::Network,
        country: "KE",
    };
    let vouching = keep_organisation(store, Some(&steward), organisation, &mut random, now).await.unwrap();
    for member in 0..members {
        let asked = Invite {
            address: &format!("member-{member}@simulated.invalid"),
            organisation_id: (member % 2 == 0).then_some(vouching.as_str()),
            role: Role::Member,
            language: "en",
        };
        invite(store, Some(&steward), asked, &mut random, now).await.unwrap();
    }
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x00CA_57ED);
    let mut people = Vec::new();
    loop {
        let mails = store.outbox().claim_due(100, Duration::MINUTE, now).await.unwrap();
        if mails.is_empty() {
            break;
        }
        for mail in mails {
            store.outbox().mark_sent(&mail, now).await.unwrap();
            let Notice::Invited { link_path, .. } = Notice::read(&mail.body).unwrap() else { continue };
            let token = Token::read(link_path.rsplit('/').next().unwrap()).unwrap();
            let at = people.len();
            let (country, time_zone, east) = PLACES[rng.random_range(0..PLACES.len())];
            let consent = NewConsent {
                purpose: "membership".into(),
                text_hash: "hash".into(),
                language: "en".into(),
                channel: "web".into(),
            };
            let about = About {
                name: &format!("Member {at}"),
                language: "en",
                time_zone,
                country,
                consent: Some(consent),
            };
            let signed_in =
                accept_invitation(store, Some(&token), about, "browser", &mut random, now).await.unwrap();
            people.push(person(signed_in.member_id, at, members, east, &mut rng));
        }
    }
    assert_eq!(people.len(), members);
    Cast { steward, facilitators, members: people }
}

/// One in twenty votes without reading; where there are 200 members or more, twelve are a brigade; zeal is log-normal.
fn person(member_id: String, at: usize, members: usize, east: i64, rng: &mut ChaCha8Rng) -> Person {
    let mind = if members >= 200 && at % (members / 12) == 7 {
        Mind::Brigade
    } else if at % 20 == 3 {
        Mind::Random
    } else {
        Mind::Camp(at % CAMPS)
    };
    // The sum of twelve uniform draws is normal as far as it matters here.
    let normal: f64 = (0..12).map(|_| rng.random_range(0.0..1.0)).sum::<f64>() - 6.0;
    let visits = (2.0 * (0.7 * normal).exp()).round().clamp(1.0, 24.0) as usize;
    let actor = Actor { member_id, roles: std::collections::BTreeSet::default(), is_strong: false };
    Person { actor, mind, east, visits, sells: at % 37 == 11 }
}
