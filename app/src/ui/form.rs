//! Forms drawn from their specification in `domain::forms`: labels, hints, errors, and what was typed.

use backend::kept_forms::{self, KeptForm};
use domain::errors::{AppError, FieldErrors};
use domain::forms::{Field, Form, Group, Kind, LARGEST_FILE, Options, Typed};
use domain::money::Currency;
use leptos::prelude::*;

use super::refused;
use super::text::{reader, t, tm, tw};
use super::textarea::text_area;

/// What stands in a form, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// The values.
    pub typed: Typed,
    /// The errors.
    pub errors: FieldErrors,
}

impl FormState {
    /// A form with values and no errors.
    #[must_use]
    pub fn new(typed: Typed) -> Self {
        Self { typed, errors: FieldErrors::default() }
    }

    /// A refused form.
    #[must_use]
    pub fn kept(kept: &KeptForm) -> Self {
        let errors = match &kept.error {
            AppError::Invalid(errors) => errors.clone(),
            _ => FieldErrors::default(),
        };
        Self { typed: kept.typed.clone(), errors }
    }
}

/// One option of a choice whose options come from the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// An option.
    #[must_use]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into() }
    }
}

/// The options of fields with `Options::Given`, by field name.
pub type Given<'a> = &'a [(&'a str, Vec<Choice>)];

/// A form that posts: `back` is the page to return to when it is refused. `children` are fields and buttons.
pub fn form(action: &str, back: &str, children: impl IntoView) -> AnyView {
    // Where a script runs, it keeps what is typed until it is sent, but for account numbers.
    let keep = (!kept_forms::is_confidential(action)).then_some("yes");
    view! {
        <form class="form" method="post" action=action.to_owned() novalidate=true data-keep=keep>
            <input type="hidden" name="back" value=back.to_owned()/>
            {children.into_any()}
        </form>
    }
    .into_any()
}

/// The same, for a form that sends files as well.
pub fn file_form(action: &str, back: &str, children: impl IntoView) -> AnyView {
    view! {
        <form class="form" method="post" action=action.to_owned() enctype="multipart/form-data" novalidate=true>
            <input type="hidden" name="back" value=back.to_owned()/>
            {children.into_any()}
        </form>
    }
    .into_any()
}

/// The button that shows the same form again, with what was typed and more empty rows of a group: nothing is checked or
/// stored. For a group whose rows may be many, in a form that keeps no draft.
pub fn more_rows(group: &Group) -> AnyView {
    view! { <button class="button button-secondary" name="more" value=group.name>{t("button-more-rows")}</button> }
        .into_any()
}

/// A form that is one button, with hidden values.
pub fn button_form(action: &str, back: &str, label_key: &str, class: &str, values: &[(&str, String)]) -> AnyView {
    let hidden: Vec<AnyView> = values.iter().map(|(name, value)| hidden(name, value)).collect();
    view! {
        <form method="post" action=action.to_owned()>
            <input type="hidden" name="back" value=back.to_owned()/>
            {hidden}
            <button class=format!("button {class}")>{t(label_key)}</button>
        </form>
    }
    .into_any()
}

/// A hidden value.
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }.into_any()
}

/// All fields of a form and its groups of rows, in order.
pub fn form_fields(form: &Form, state: &FormState, given: Given<'_>) -> AnyView {
    let fields: Vec<AnyView> = form
        .fields
        .iter()
        .map(|known| draw(form.name, unit_of(form, None, state).as_deref(), known, "", state, given))
        .collect();
    let groups: Vec<AnyView> = form.groups.iter().map(|group| group_rows(form, group, state, given, 3)).collect();
    view! { {fields} {groups} }.into_any()
}

/// One field of a form, by name.
pub fn field(form: &Form, name: &str, state: &FormState, given: Given<'_>) -> AnyView {
    form.fields.iter().find(|known| known.name == name).map_or_else(
        || ().into_any(),
        |known| draw(form.name, unit_of(form, None, state).as_deref(), known, "", state, given),
    )
}

/// The fields of one row of a group, for a page that names its rows itself.
pub fn row_fields(form: &Form, group: &Group, row: usize, state: &FormState, given: Given<'_>) -> AnyView {
    let labels = format!("{}-{}", form.name, group.name);
    let prefix = format!("{}.{row}.", group.name);
    let unit = unit_of(form, Some(group), state);
    let fields: Vec<AnyView> =
        group.fields.iter().map(|known| draw(&labels, unit.as_deref(), known, &prefix, state, given)).collect();
    fields.into_any()
}

/// The rows of a group: those typed, and a few empty ones, so that it works without a script.
pub fn group_rows(form: &Form, group: &Group, state: &FormState, given: Given<'_>, empty: usize) -> AnyView {
    let mut rows = state.typed.rows(group.name);
    let next = rows.last().map_or(0, |last| last + 1);
    rows.extend((next..next + empty).take(group.most.saturating_sub(rows.len())));
    let labels = format!("{}-{}", form.name, group.name);
    let unit = unit_of(form, Some(group), state);
    let legend = t(&labels);
    let error = refused::error_of(state, group.name, group.name, &legend);
    let class = if error.is_some() { "rows has-error" } else { "rows" };
    let rows: Vec<AnyView> = rows
        .into_iter()
        .enumerate()
        .map(|(position, row)| {
            let prefix = format!("{}.{row}.", group.name);
            let fields: Vec<AnyView> =
                group.fields.iter().map(|known| draw(&labels, unit.as_deref(), known, &prefix, state, given)).collect();
            let number = i64::try_from(position + 1).unwrap_or(i64::MAX);
            view! {
                <fieldset class="row-item">
                    <legend>{tw(&format!("{labels}-row"), &[("number", number.into())])}</legend>
                    <div class="field-row">{fields}</div>
                </fieldset>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class=class id=group.name.to_owned()>
            <h2>{legend}</h2>
            {hint_of(&labels, "").map(|(_, text)| view! { <p class="hint">{text}</p> })}
            {error.map(|text| view! { <p class="error-text">{text}</p> })}
            {rows}
        </div>
    }
    .into_any()
}

fn hint_of(label_key: &str, id: &str) -> Option<(String, String)> {
    reader().optional(&format!("{label_key}-hint")).map(|text| (format!("{id}-hint"), text))
}

/// What amounts are in: the currency that the form carries along, else US dollars, unless the person chooses the
/// currency in the same form. Then none is named beside the amount, as without a script it would not follow the choice.
fn unit_of(form: &Form, group: Option<&Group>, state: &FormState) -> Option<String> {
    if form.fields.iter().any(|field| field.name == "currency" && field.kind == Kind::Hidden) {
        return Currency::from_code(state.typed.get("currency")).map(|currency| currency.code().to_owned());
    }
    let mut fields = form.fields.iter().chain(group.map_or(&[][..], |group| group.fields));
    let chosen = fields.any(|field| field.kind == Kind::Choice(Options::Currencies));
    (!chosen).then(|| Currency::USD.code().to_owned())
}

/// Draws one field. `prefix` is the row's, such as `lines.0.`, and `unit` what amounts are in.
fn draw(
    form_name: &str,
    unit: Option<&str>,
    field: &Field,
    prefix: &str,
    state: &FormState,
    given: Given<'_>,
) -> AnyView {
    let name = format!("{prefix}{}", field.name);
    let id = name.replace('.', "-");
    let value = state.typed.get(&name).to_owned();
    if field.kind == Kind::Hidden {
        return hidden(&name, &value);
    }
    let label_key = format!("{form_name}-{}", field.name);
    let error = state.errors.of(&name).map(tm);
    if error.is_some() {
        refused::note_field(form_name, &name, &state.typed);
    }
    let hint = hint_of(&label_key, &id);
    let described: Vec<String> =
        hint.iter().map(|(hint_id, _)| hint_id.clone()).chain(error.iter().map(|_| format!("{id}-error"))).collect();
    let described_by = (!described.is_empty()).then(|| described.join(" "));
    // Signing in, confirming and changing ask for a password that exists; password managers offer a new one everywhere else.
    let new_password = ![domain::users::SIGN_IN.name, domain::users::CONFIRM.name].contains(&form_name)
        && field.name != "current_password";
    let look = Look { id, name, value, label: label_text(&label_key, field), hint, error, described_by, new_password };
    match field.kind {
        Kind::Tick => draw_tick(look),
        // What the database has nothing of to choose is no question.
        Kind::Choices(Options::Given) if !field.required && choices(Options::Given, field.name, given).is_empty() => {
            ().into_any()
        }
        Kind::Choices(options) => draw_choices(look, state, choices(options, field.name, given)),
        Kind::Choice(options) => {
            let choices = choices(options, field.name, given);
            draw_boxed(&look, draw_select(&look, choices))
        }
        Kind::Text(most) => {
            let rows = if most > 1500 { 8 } else { 4 };
            let (described, wrong) = (look.described_by.clone(), look.error.is_some());
            draw_boxed(&look, text_area(&look.id, &look.name, &look.value, rows, most, described, wrong))
        }
        kind => draw_boxed(&look, draw_input(&look, kind, unit)),
    }
}

fn label_text(key: &str, field: &Field) -> String {
    let text = t(key);
    if field.required { text } else { tw("field-optional", &[("label", text.as_str().into())]) }
}

/// What is drawn of a field.
struct Look {
    id: String,
    name: String,
    value: String,
    label: String,
    hint: Option<(String, String)>,
    error: Option<String>,
    described_by: Option<String>,
    new_password: bool,
}

impl Look {
    fn class(&self) -> &'static str {
        if self.error.is_some() { "field has-error" } else { "field" }
    }

    fn hint_and_error(&self) -> AnyView {
        let hint = self.hint.clone().map(|(id, text)| view! { <p class="hint" id=id>{text}</p> });
        let error =
            self.error.clone().map(|text| view! { <p class="error-text" id=format!("{}-error", self.id)>{text}</p> });
        view! { {hint} {error} }.into_any()
    }
}

fn draw_boxed(look: &Look, control: AnyView) -> AnyView {
    view! {
        <div class=look.class()>
            <label for=look.id.clone()>{look.label.clone()}</label>
            {look.hint_and_error()}
            {control}
        </div>
    }
    .into_any()
}

fn draw_input(look: &Look, kind: Kind, unit: Option<&str>) -> AnyView {
    let (input_type, mode, class, complete) = match kind {
        Kind::Email => ("email", "email", "", "email"),
        Kind::Password if look.new_password => ("password", "text", "", "new-password"),
        Kind::Password => ("password", "text", "", "current-password"),
        // A browser's own field for days drops whatever is not written as it wants it.
        Kind::Date if look.value.is_empty() || is_iso_day(&look.value) => ("date", "text", "input-date", "off"),
        Kind::Date => ("text", "text", "input-date", "off"),
        Kind::Clock => ("text", "text", "input-short", "off"),
        Kind::Count(_) => ("text", "numeric", "input-medium", "off"),
        Kind::Amount => ("text", "decimal", "input-money", "off"),
        Kind::Rate | Kind::Percent => ("text", "decimal", "input-medium", "off"),
        Kind::File => ("file", "text", "", "off"),
        Kind::Line(most) if most <= 60 => ("text", "text", "input-medium", "off"),
        _ => ("text", "text", "", "off"),
    };
    let value = (!matches!(kind, Kind::Password | Kind::File)).then(|| look.value.clone());
    let most_bytes = (kind == Kind::File).then(|| LARGEST_FILE.to_string());
    let input = view! {
        <input
            id=look.id.clone()
            name=look.name.clone()
            type=input_type
            inputmode=mode
            class=class
            autocomplete=complete
            value=value
            data-most-bytes=most_bytes
            aria-describedby=look.described_by.clone()
            aria-invalid=look.error.is_some().then_some("true")
        />
    };
    match (kind, unit) {
        (Kind::Amount, Some(unit)) => {
            view! { <span class="with-unit"><span class="unit">{unit.to_owned()}</span>{input}</span> }.into_any()
        }
        (Kind::Percent, _) => view! { <span class="with-unit">{input}<span class="unit">"%"</span></span> }.into_any(),
        _ => input.into_any(),
    }
}

/// Whether a browser's own field for days takes the text.
fn is_iso_day(text: &str) -> bool {
    text.len() == 10 && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn draw_select(look: &Look, choices: Vec<Choice>) -> AnyView {
    let chosen = look.value.clone();
    let options: Vec<AnyView> = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }.into_any()
        })
        .collect();
    view! {
        <select
            id=look.id.clone()
            name=look.name.clone()
            aria-describedby=look.described_by.clone()
            aria-invalid=look.error.is_some().then_some("true")
        >
            <option value="">{t("field-choose")}</option>
            {options}
        </select>
    }
    .into_any()
}

fn draw_choices(look: Look, state: &FormState, choices: Vec<Choice>) -> AnyView {
    let chosen = state.typed.all(&look.name).to_vec();
    let long = choices.len() > 6;
    let boxes: Vec<AnyView> = choices
        .into_iter()
        .enumerate()
        .map(|(position, choice)| {
            let id = if position == 0 { look.id.clone() } else { format!("{}-{position}", look.id) };
            let checked = chosen.contains(&choice.value);
            view! {
                <div class="choice">
                    <input type="checkbox" id=id.clone() name=look.name.clone() value=choice.value checked=checked/>
                    <label for=id>{choice.label}</label>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class=look.class() aria-describedby=look.described_by.clone()>
            <legend>{look.label.clone()}</legend>
            {look.hint_and_error()}
            <div class=if long { "choices choices-columns" } else { "choices" }>{boxes}</div>
        </fieldset>
    }
    .into_any()
}

fn draw_tick(look: Look) -> AnyView {
    view! {
        <div class=look.class()>
            {look.hint_and_error()}
            <div class="choice">
                <input
                    type="checkbox"
                    id=look.id.clone()
                    name=look.name.clone()
                    value="yes"
                    checked=!look.value.is_empty()
                    aria-describedby=look.described_by.clone()
                    aria-invalid=look.error.is_some().then_some("true")
                />
                <label for=look.id.clone()>{look.label.clone()}</label>
            </div>
        </div>
    }
    .into_any()
}

fn choices(options: Options, field: &str, given: Given<'_>) -> Vec<Choice> {
    match options {
        Options::List { prefix, codes } => {
            codes.iter().map(|code| Choice::new(code, t(&format!("{prefix}-{code}")))).collect()
        }
        Options::Countries => {
            let mut countries: Vec<Choice> = domain::countries::all()
                .iter()
                .map(|country| Choice::new(country.code, t(&format!("country-{}", country.code))))
                .collect();
            countries.sort_by(|one, other| one.label.cmp(&other.label));
            countries
        }
        Options::Currencies => Currency::all_codes().into_iter().map(|code| Choice::new(code, code)).collect(),
        Options::Given => {
            given.iter().find(|(name, _)| *name == field).map(|(_, choices)| choices.clone()).unwrap_or_default()
        }
    }
}
