//! The description of the service: complete, true to the routes, and the same as the page's types are made from.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;
use zhugan::http::routes::description;

/// How the description names the routes that axum cannot name in full, since a part of a segment is no parameter there.
const WRITTEN_OTHERWISE: [(&str, &str); 2] = [
    ("/tiles/{file}", "/tiles/{r}.json"),
    ("/tiles/{r}/{z}/{x}/{y}", "/tiles/{r}/{z}/{x}/{y}.mvt"),
];

/// What only browsers ask for: a part of the page that is described, and what labels lead to.
const FOR_BROWSERS: [&str; 5] = ["/api/docs.css", "/p", "/p/", "/p/{code}", "/join/{region}"];

fn described() -> Value {
    serde_json::from_str(&description()).unwrap()
}

/// Every operation: its address, its method, and what is said of it.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
    });
    all.collect()
}

fn texts(words: &Value) -> BTreeSet<&str> {
    let words = words.as_array().into_iter().flatten();
    words.filter_map(Value::as_str).collect()
}

#[test]
fn every_route_is_described() {
    let document = described();
    let table = include_str!("../../src/http/routes.rs");
    let routes = table.split(".route(").skip(1);
    let routes: Vec<&str> = routes.filter_map(|rest| rest.split('"').nth(1)).collect();
    assert!(routes.contains(&"/metrics"), "{routes:?}");
    for route in routes {
        let otherwise = WRITTEN_OTHERWISE.iter().find(|(axum, _)| *axum == route);
        let written = otherwise.map_or(route, |(_, written)| written);
        let is_described = document["paths"][written].is_object();
        assert!(is_described || FOR_BROWSERS.contains(&route), "{route}");
    }
    let handlers = table.split("routes!(").skip(1);
    let n_handlers = handlers.map(|rest| rest.split(')').next().unwrap().matches("::").count());
    let n_described = n_handlers.sum::<usize>();
    let n_others = WRITTEN_OTHERWISE.len() + ["openapi", "docs", "metrics"].len();
    assert_eq!(operations(&document).len(), n_described + n_others);
}

#[test]
fn every_operation_says_what_it_is_what_it_takes_and_what_it_answers() {
    let document = described();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id.to_owned()), "{name}: {id} is taken");
        assert!(operation["summary"].is_string(), "{name}");
        let tags = texts(&operation["tags"]);
        let known = document["tags"].as_array().unwrap().iter();
        let known: BTreeSet<&str> = known.map(|tag| tag["name"].as_str().unwrap()).collect();
        assert!(
            !tags.is_empty() && tags.is_subset(&known),
            "{name}: {tags:?}"
        );
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let what = format!("{name}: {}", parameter["name"]);
            assert!(parameter["description"].is_string(), "{what}");
            assert!(!parameter["example"].is_null(), "{what}");
            let fault = unfit(&document, &parameter["schema"], &parameter["example"]);
            assert_eq!(fault, None, "{what}");
        }
        let content = &operation["requestBody"]["content"];
        let is_file = content["application/octet-stream"].is_object();
        let media = ["application/json", "application/octet-stream"];
        let body = &content[media[usize::from(is_file)]];
        // No picture can be written here.
        let is_picture = content["image/jpeg"].is_object();
        if operation["requestBody"].is_object() && !is_picture {
            assert!(!body["example"].is_null(), "{name}");
            let fault = unfit(&document, &body["schema"], &body["example"]);
            assert_eq!(fault, None, "{name}: the question");
        }
        check_answers(&document, &name, &operation);
    }
}

fn check_answers(document: &Value, name: &str, operation: &Value) {
    let responses = operation["responses"].as_object().unwrap();
    for always in ["500", "503"] {
        assert!(responses.contains_key(always), "{name}: {always}");
    }
    let well = ["200", "201", "202", "204", "303"];
    assert!(
        well.iter().any(|status| responses.contains_key(*status)),
        "{name}"
    );
    for (status, response) in responses {
        let what = format!("{name}: {status}");
        assert!(
            !response["description"].as_str().unwrap().is_empty(),
            "{what}"
        );
        let status: u16 = status.parse().unwrap();
        if status < 400 {
            let content = &response["content"]["application/json"];
            if content.is_object() && !name.ends_with("/openapi.json") {
                assert!(!content["example"].is_null(), "{what}");
                let fault = unfit(document, &content["schema"], &content["example"]);
                assert_eq!(fault, None, "{what}");
            }
            continue;
        }
        let problem = &response["content"]["application/problem+json"];
        assert_eq!(
            problem["schema"],
            json!({"$ref": "#/components/schemas/Problem"})
        );
        let examples = problem["examples"].as_object().unwrap();
        assert!(!examples.is_empty(), "{what}");
        for example in examples.values() {
            assert_eq!(example["value"]["status"], status, "{what}");
            let fault = unfit(document, &problem["schema"], &example["value"]);
            assert_eq!(fault, None, "{what}");
        }
        let names = [(503, "retry-after"), (401, "www-authenticate")];
        for (_, header) in names.iter().filter(|(with, _)| *with == status) {
            assert!(response["headers"][header].is_object(), "{what}");
        }
    }
    // Whoever signs in shows who they are by that.
    let is_guarded = !operation["security"].is_null() || operation["operationId"] == "sign_in";
    assert_eq!(responses.contains_key("401"), is_guarded, "{name}");
}

#[test]
fn a_wrong_example_is_found() {
    let document = described();
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    for (example, word) in [
        (json!([]), "object"),
        (json!({"type": "/problems/busy"}), "title"),
        (
            json!({"type": 1, "title": "", "status": 503, "detail": ""}),
            "type",
        ),
        (
            json!({"type": "", "title": "", "status": -1, "detail": ""}),
            "status",
        ),
    ] {
        let fault = unfit(&document, &problem, &example).unwrap();
        assert!(fault.contains(word), "{fault}");
    }
    let kind = json!({"$ref": "#/components/schemas/Kind"});
    assert_eq!(unfit(&document, &kind, &json!("pole")), None);
    assert!(unfit(&document, &kind, &json!("stick")).is_some());
}

/// The page's types are made from a file that the program wrote; `cargo run --release --example make_openapi` renews it.
#[test]
fn the_file_that_the_types_of_the_page_are_made_from_is_what_the_service_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/openapi.json");
    let written = fs::read_to_string(file).unwrap();
    assert!(
        written == description(),
        "web/openapi.json is not what the service says; renew it:\n\
         cargo run --release --example make_openapi && (cd web && npm run contract)"
    );
}

/// Why a value does not fit a schema: as much of JSON Schema as the description uses, and a fault for anything else.
fn unfit(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    let wrong = |why: &str| Some(format!("{why}: {value} for {schema}"));
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.strip_prefix('#').unwrap();
        let found = document.pointer(pointer);
        return found.map_or(Some(format!("no {reference}")), |schema| {
            unfit(document, schema, value)
        });
    }
    for name in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[name].as_array() {
            let mut fits = choices.iter().map(|choice| unfit(document, choice, value));
            return if fits.any(|fault| fault.is_none()) {
                None
            } else {
                wrong("fits none")
            };
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let whole = merged(document, parts);
        return unfit(document, &whole, value);
    }
    let types = match &schema["type"] {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    if !types.iter().any(|name| is_of_type(name, value)) {
        return wrong(&types.join(" or "));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return wrong("another word");
    }
    if let Some(number) = value.as_f64() {
        let least = schema["minimum"].as_f64().unwrap_or(f64::MIN);
        let most = schema["maximum"].as_f64().unwrap_or(f64::MAX);
        return (number < least || most < number)
            .then(|| format!("{number} not in bounds of {schema}"));
    }
    if let Some(items) = value.as_array() {
        let (least, most) = (&schema["minItems"], &schema["maxItems"]);
        let n = items.len() as u64;
        if n < least.as_u64().unwrap_or(0) || most.as_u64().unwrap_or(u64::MAX) < n {
            return wrong("too few or too many");
        }
        let mut faults = items
            .iter()
            .map(|item| unfit(document, &schema["items"], item));
        return faults.find_map(|fault| fault);
    }
    let members = value.as_object()?;
    if let Some(missing) = texts(&schema["required"])
        .into_iter()
        .find(|name| !members.contains_key(*name))
    {
        return wrong(&format!("{missing} is missing"));
    }
    members.iter().find_map(|(name, member)| {
        let known = &schema["properties"][name];
        let more = &schema["additionalProperties"];
        if known.is_null() && more.is_null() && schema["properties"].is_object() {
            return Some(format!("{name} is not described in {schema}"));
        }
        let schema = if known.is_null() { more } else { known };
        unfit(document, schema, member).map(|fault| format!("{name}: {fault}"))
    })
}

/// What has to fit several schemas of objects at once, as one.
fn merged(document: &Value, parts: &[Value]) -> Value {
    let (mut properties, mut required) = (serde_json::Map::new(), Vec::new());
    for part in parts {
        let pointer = part["$ref"]
            .as_str()
            .and_then(|name| name.strip_prefix('#'));
        let part = pointer.map_or(part, |pointer| document.pointer(pointer).unwrap());
        properties.extend(part["properties"].as_object().unwrap().clone());
        required.extend(part["required"].as_array().into_iter().flatten().cloned());
    }
    json!({"type": "object", "properties": properties, "required": required})
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}
