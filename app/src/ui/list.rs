//! Lists: a table that becomes cards on a phone, a search bar, and pages.

use backend::page::{More, Page, PageRequest};
use leptos::prelude::*;

use super::form::Choice;
use super::text::{t, tw};
use crate::web::encode;

/// A column's heading; numbers stand at the end of the line.
#[derive(Clone, Debug)]
pub struct ColumnHead {
    title: String,
    numeric: bool,
    sort: Option<String>,
}

/// A column by the key of its heading.
#[must_use]
pub fn column(key: &str, numeric: bool) -> ColumnHead {
    ColumnHead { title: t(key), numeric, sort: None }
}

/// A column by which the list can be sorted.
#[must_use]
pub fn sort_link(key: &str, numeric: bool, path: &str, request: &PageRequest, sort: &str) -> ColumnHead {
    let query = query_of(&PageRequest { sort: sort.to_owned(), page: 1, ..request.clone() });
    ColumnHead { title: t(key), numeric, sort: Some(format!("{path}?{query}")) }
}

/// A table. The first cell of each row names it.
pub fn table(caption_key: &str, heads: &[ColumnHead], rows: Vec<Vec<AnyView>>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let head: Vec<AnyView> = heads
        .iter()
        .map(|head| {
            let title = head.title.clone();
            let content = match &head.sort {
                Some(href) => view! { <a href=href.clone()>{title}</a> }.into_any(),
                None => title.into_any(),
            };
            view! { <th scope="col" class=if head.numeric { "num" } else { "" }>{content}</th> }.into_any()
        })
        .collect();
    let body: Vec<AnyView> = rows.into_iter().map(|cells| table_row(heads, cells)).collect();
    view! {
        <table class="data">
            <caption class="visually-hidden">{t(caption_key)}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(heads: &[ColumnHead], cells: Vec<AnyView>) -> AnyView {
    let cells: Vec<AnyView> = cells
        .into_iter()
        .enumerate()
        .map(|(position, cell)| {
            let head = heads.get(position);
            let class = if head.is_some_and(|head| head.numeric) { "num" } else { "" };
            if position == 0 {
                view! { <th scope="row">{cell}</th> }.into_any()
            } else {
                let title = head.map(|head| head.title.clone());
                view! { <td class=class data-label=title>{cell}</td> }.into_any()
            }
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}

/// The search bar of a list, with a filter where the list has one.
pub fn filters(path: &str, request: &PageRequest, filter: Option<(&str, Vec<Choice>)>) -> AnyView {
    let filter = filter.map(|(key, choices)| {
        let options: Vec<AnyView> = choices
            .into_iter()
            .map(|choice| {
                let selected = choice.value == request.filter;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }.into_any()
            })
            .collect();
        view! {
            <div class="field">
                <label for="filter">{t(key)}</label>
                <select id="filter" name="filter"><option value="">{t("filter-all")}</option>{options}</select>
            </div>
        }
    });
    view! {
        <form class="filters" method="get" action=path.to_owned() role="search">
            <div class="field">
                <label for="search">{t("filter-search")}</label>
                <input id="search" type="search" name="search" value=request.search.clone()/>
            </div>
            {filter}
            <input type="hidden" name="sort" value=request.sort.clone()/>
            <button class="button button-secondary">{t("filter-apply")}</button>
        </form>
    }
    .into_any()
}

/// Links to the pages before and after. The path may have a query of its own.
pub fn pager<T>(path: &str, request: &PageRequest, page: &Page<T>) -> AnyView {
    let (number, pages) = (page.page, page.pages());
    if pages <= 1 {
        return ().into_any();
    }
    let sign = if path.contains('?') { '&' } else { '?' };
    let link = |to: u64| format!("{path}{sign}{}", query_of(&PageRequest { page: to, ..request.clone() }));
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX).into();
    let text = if page.more == More::OnNextPages { "pager-page-of-many" } else { "pager-page" };
    view! {
        {(page.more == More::NotShown)
            .then(|| view! { <p>{tw("pager-more", &[("total", whole(page.total))])}</p> })}
        <nav class="pager" aria-label=t("pager-label")>
            {(number > 1).then(|| view! { <a href=link(number - 1) rel="prev">{t("pager-previous")}</a> })}
            <span>{tw(text, &[("page", whole(number)), ("pages", whole(pages)), ("total", whole(page.total))])}</span>
            {page.has_next().then(|| view! { <a href=link(number + 1) rel="next">{t("pager-next")}</a> })}
        </nav>
    }
    .into_any()
}

fn query_of(request: &PageRequest) -> String {
    format!(
        "search={}&sort={}&filter={}&page={}",
        encode(&request.search),
        encode(&request.sort),
        encode(&request.filter),
        request.page.max(1)
    )
}
