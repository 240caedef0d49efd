//! `/api/v1`: the lists and single findings as JSON, and the OpenAPI description of every address under `/api`.
//!
//! The description is made from the same table that the router is made from, and its schemas from the same columns
//! that the files are made from: what is served is described, by construction.

use crate::columns::{FINDINGS, OUTCOMES, PRACTICES};
use crate::intake;
use crate::member::Verb;
use crate::pages::claims::CLAIMS;
use crate::pages::questions::QUESTIONS;
use crate::pages::{findings, outcomes, practices, signature, synthesis};
use crate::serve::Entry;
use crate::text::key;
use crate::twins::{self, Column, Kind};
use crate::visit::{Media, Outcome, Refusal, Rendered, Visit};
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Array, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder,
    Ref, RefOr, Required, ResponseBuilder,
};
use whatworks_evidence::packet::ENVELOPE_MEDIA_TYPE;

/// The addresses.
pub const ENTRIES: &[Entry] = &[
    Entry::new("/api/v1/practices", Media::Json, &[], practices::json),
    Entry::new("/api/v1/outcomes", Media::Json, &[], outcomes::json),
    Entry::new("/api/v1/findings", Media::Json, findings::FILTERS, findings::json),
    Entry::new("/api/v1/findings/{id}", Media::Json, &[], finding),
    Entry::new("/api/v1/openapi.json", Media::Json, &[], description),
];

/// What an address under `/api` answers, in the description.
struct Answer {
    route: &'static str,
    summary: &'static str,
    schema: &'static str,
    /// The name of the list in the document; blank for a single item.
    list: &'static str,
}

/// One line for every entry under `/api`, wherever its page file is.
const ANSWERS: &[Answer] = &[
    Answer {
        route: "/api/v1/practices",
        summary: key("api-practices"),
        schema: "Practice",
        list: "practices",
    },
    Answer { route: "/api/v1/outcomes", summary: key("api-outcomes"), schema: "Outcome", list: "outcomes" },
    Answer { route: "/api/v1/findings", summary: key("api-findings"), schema: "Finding", list: "findings" },
    Answer { route: "/api/v1/findings/{id}", summary: key("api-finding"), schema: "Finding", list: "" },
    Answer {
        route: "/api/v1/syntheses",
        summary: key("api-syntheses"),
        schema: "Synthesis",
        list: "syntheses",
    },
    Answer { route: "/api/v1/claims", summary: key("api-claims"), schema: "Claim", list: "claims" },
    Answer { route: "/api/v1/questions/{slug}", summary: key("api-question"), schema: "Question", list: "" },
    Answer {
        route: "/api/v1/questions/{slug}/opinions",
        summary: key("api-opinions"),
        schema: "Opinions",
        list: "",
    },
    Answer { route: "/api/v1/openapi.json", summary: key("api-openapi"), schema: "Description", list: "" },
];

/// A finding that came in a packet is answered with the packet, byte for byte, so that anybody can verify it.
fn finding(visit: &Visit) -> Outcome {
    if let Some(retracted) = visit.evidence.retracted.get(visit.id.as_str()) {
        return Err(signature::retracted_refusal(visit, retracted));
    }
    if let Some(seal) = visit.evidence.seals.get(visit.id.as_str()) {
        let name = format!("{}.dsse.json", visit.id);
        let packet = Rendered::new(Media::Packet, seal.packet.envelope.clone().into_bytes());
        return Ok(packet.as_download(&name));
    }
    let finding = visit.evidence.find_finding(&visit.id);
    let finding = finding.ok_or_else(|| Refusal::unknown(visit, "/api/v1/findings"))?;
    Rendered::json(visit, &twins::object(&visit.evidence, FINDINGS, finding))
}

fn description(visit: &Visit) -> Outcome {
    Rendered::json(visit, &document(visit))
}

fn object_of(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::new(kind))
}

fn column_schema<T>(visit: &Visit, columns: &[Column<T>]) -> Schema {
    let mut object = object_of(Type::Object);
    for column in columns {
        let nullable = |kind| SchemaType::from_iter([kind, Type::Null]);
        let meaning = Some(visit.t(column.meaning));
        let property: RefOr<Schema> = match column.kind {
            Kind::Text => object_of(Type::String).description(meaning).into(),
            Kind::Number => {
                ObjectBuilder::new().schema_type(nullable(Type::Number)).description(meaning).into()
            }
            Kind::Whole => {
                ObjectBuilder::new().schema_type(nullable(Type::Integer)).description(meaning).into()
            }
            Kind::Flag => {
                ObjectBuilder::new().schema_type(nullable(Type::Boolean)).description(meaning).into()
            }
            Kind::List => {
                let mut array = Array::new(object_of(Type::String));
                array.description = meaning;
                Schema::Array(array).into()
            }
        };
        object = object.property(column.name, property).required(column.name);
    }
    object.into()
}

fn list_schema(list: &str, item: &str) -> Schema {
    object_of(Type::Object)
        .property("version", object_of(Type::Integer))
        .property("digest", object_of(Type::String))
        .property("count", object_of(Type::Integer))
        .property(list, Array::new(Ref::from_schema_name(item)))
        .into()
}

fn error_schema() -> Schema {
    let error = object_of(Type::Object)
        .property("status", object_of(Type::Integer))
        .property("title", object_of(Type::String))
        .property("why", object_of(Type::String))
        .property("see", Array::new(object_of(Type::String)));
    object_of(Type::Object).property("error", error).into()
}

fn refusal_schema() -> Schema {
    let error = object_of(Type::Object)
        .property("status", object_of(Type::Integer))
        .property("code", object_of(Type::String))
        .property("title", object_of(Type::String))
        .property("why", object_of(Type::String))
        .property("see", Array::new(object_of(Type::String)));
    object_of(Type::Object).property("error", error).property("hint", object_of(Type::String)).into()
}

fn parameters(visit: &Visit, route: &str, filters: &[&str]) -> Vec<Parameter> {
    let text = || Some(Schema::from(object_of(Type::String)));
    let mut all = Vec::new();
    for (part, name, meaning) in [("{id}", "id", key("api-id")), ("{slug}", "slug", key("field-slug"))] {
        if route.contains(part) {
            let id =
                ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
            all.push(id.description(Some(visit.t(meaning))).schema(text()).build());
        }
    }
    for name in filters {
        let filter =
            ParameterBuilder::new().name(*name).parameter_in(ParameterIn::Query).required(Required::False);
        let meaning = visit.ta("api-filter", &[("name", (*name).into())]);
        all.push(filter.description(Some(meaning)).schema(text()).build());
    }
    all
}

fn receipt_schema() -> Schema {
    let text = || object_of(Type::String);
    ["finding_id", "content_id", "institution", "finding", "synthesis"]
        .into_iter()
        .fold(object_of(Type::Object), |object, name| object.property(name, text()).required(name))
        .into()
}

/// DSSE v1: what is signed stands in `payload`, as base64; docs/finding.schema.json describes it.
fn packet_schema() -> Schema {
    let text = || object_of(Type::String);
    let signature = object_of(Type::Object).property("keyid", text()).property("sig", text()).required("sig");
    object_of(Type::Object)
        .property("payload", text())
        .property("payloadType", text())
        .property("signatures", Array::new(signature))
        .required("payload")
        .required("payloadType")
        .required("signatures")
        .into()
}

/// How a signed packet is sent.
fn receipt(visit: &Visit) -> Operation {
    let content = |name: &str| ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build();
    let sent = RequestBodyBuilder::new()
        .description(Some(visit.t("api-receive-body")))
        .content(ENVELOPE_MEDIA_TYPE, content("Packet"))
        .required(Some(Required::True));
    let mut operation =
        OperationBuilder::new().summary(Some(visit.t("api-receive"))).request_body(Some(sent.build()));
    for (status, schema, meaning) in [
        ("201", "Receipt", key("api-receive-stored")),
        ("200", "Receipt", key("api-receive-known")),
        ("400", "Refusal", key("api-receive-400")),
        ("403", "Refusal", key("api-receive-403")),
        ("409", "Refusal", key("api-receive-409")),
        ("413", "Refusal", key("api-receive-413")),
        ("415", "Refusal", key("api-receive-415")),
        ("422", "Refusal", key("api-receive-422")),
    ] {
        let answer =
            ResponseBuilder::new().description(visit.t(meaning)).content("application/json", content(schema));
        operation = operation.response(status, answer);
    }
    operation.build()
}

/// Every address under `/api` that is read, with its filters: entries, and ways that know who asks.
fn served() -> Vec<(&'static str, &'static [&'static str])> {
    let entries = crate::pages::entries().into_iter().map(|entry| (entry.route, entry.parameters));
    let ways =
        crate::pages::ways().into_iter().filter(|way| way.verb == Verb::Get).map(|way| (way.route, &[][..]));
    entries.chain(ways).filter(|(route, _)| route.starts_with("/api/")).collect()
}

/// The OpenAPI document of every address under `/api`.
pub fn document(visit: &Visit) -> OpenApi {
    let mut paths = PathsBuilder::new();
    for (route, filters) in served() {
        let answer = ANSWERS.iter().find(|answer| answer.route == route);
        let summary = answer.map_or_else(|| route.to_owned(), |answer| visit.t(answer.summary));
        let schema: RefOr<Schema> = match answer {
            Some(answer) if answer.list.is_empty() => Ref::from_schema_name(answer.schema).into(),
            Some(answer) => list_schema(answer.list, answer.schema).into(),
            None => Schema::from(object_of(Type::Object)).into(),
        };
        let body = |schema: RefOr<Schema>| ContentBuilder::new().schema(Some(schema)).build();
        let refused: RefOr<Schema> = Ref::from_schema_name("Error").into();
        let mut operation = OperationBuilder::new()
            .summary(Some(summary.clone()))
            .response(
                "200",
                ResponseBuilder::new().description(summary).content("application/json", body(schema)),
            )
            .response(
                "4XX",
                ResponseBuilder::new()
                    .description(visit.t("api-refused"))
                    .content("application/json", body(refused)),
            );
        for parameter in parameters(visit, route, filters) {
            operation = operation.parameter(parameter);
        }
        if route.contains("{id}") {
            let packet = ContentBuilder::new().schema(Some(Ref::from_schema_name("Packet"))).build();
            let described = ResponseBuilder::new()
                .description(visit.t("api-finding"))
                .content("application/json", body(Ref::from_schema_name("Finding").into()))
                .content(ENVELOPE_MEDIA_TYPE, packet);
            operation = operation.response("200", described);
        }
        let mut item = PathItem::new(HttpMethod::Get, operation);
        if route == intake::ROUTE {
            item.post = Some(receipt(visit));
        }
        paths = paths.path(route, item);
    }
    let components = ComponentsBuilder::new()
        .schema("Practice", column_schema(visit, PRACTICES))
        .schema("Outcome", column_schema(visit, OUTCOMES))
        .schema("Finding", column_schema(visit, FINDINGS))
        .schema("Synthesis", synthesis::schema(visit))
        .schema("Claim", column_schema(visit, CLAIMS))
        .schema("Question", column_schema(visit, QUESTIONS))
        .schema("Opinions", Schema::from(object_of(Type::Object)))
        .schema("Description", Schema::from(object_of(Type::Object)))
        .schema("Packet", packet_schema())
        .schema("Receipt", receipt_schema())
        .schema("Refusal", refusal_schema())
        .schema("Error", error_schema());
    let licence =
        LicenseBuilder::new().name("CC BY 4.0").url(Some("https://creativecommons.org/licenses/by/4.0/"));
    let info = InfoBuilder::new()
        .title(visit.t("api-title"))
        .version("1")
        .description(Some(visit.t("api-description")))
        .license(Some(licence.build()));
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_under_api_is_described_in_words() {
        for (route, _) in served() {
            assert!(ANSWERS.iter().any(|answer| answer.route == route), "{route} has no words");
        }
    }
}
