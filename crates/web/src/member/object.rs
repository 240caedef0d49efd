//! How whoever asks stands to the object of a way.
//!
//! Rule: none when there is no such object; otherwise a relation that [`whatworks_forum::may`] judges by.

use super::way::{Asked, Object};
use whatworks_forum::Relation;
use whatworks_store::StoreError;

/// The relation of the asker, who is signed in, to the object; none when it does not exist.
pub(crate) async fn find_relation(asked: &Asked, object: Object) -> Result<Option<Relation>, StoreError> {
    let me = asked.member.as_ref().map_or("", |member| &member.actor.member_id);
    match object {
        Object::None => Ok(Some(Relation::None)),
        Object::Myself => Ok(Some(Relation::Own)),
        Object::Member => {
            let member_id = asked.parameter("member");
            if member_id == me {
                return Ok(Some(Relation::Own));
            }
            let found = asked.store().members().find(member_id).await?;
            Ok(found.map(|_| Relation::Other))
        }
        Object::Question => {
            let slug = asked.parameter("slug");
            if asked.store().questions().find(slug).await?.is_none() {
                return Ok(None);
            }
            let facilitates = asked.store().questions().is_facilitator(slug, me).await?;
            Ok(Some(if facilitates { Relation::Facilitates } else { Relation::Other }))
        }
        Object::OwnQuestions => {
            let facilitated = asked.store().questions().list_facilitated(me).await?;
            Ok(Some(if facilitated.is_empty() { Relation::Other } else { Relation::Facilitates }))
        }
        Object::Post => {
            let Ok(number) = asked.parameter("number").parse() else { return Ok(None) };
            let found = asked.store().posts().find(asked.parameter("slug"), number).await?;
            Ok(found.map(|post| if post.member_id == me { Relation::Own } else { Relation::Other }))
        }
        Object::Statement => {
            let Ok(number) = asked.parameter("number").parse() else { return Ok(None) };
            let found = asked.store().statements().find(asked.parameter("slug"), number).await?;
            Ok(found.map(|one| if one.member_id == me { Relation::Own } else { Relation::Other }))
        }
    }
}
