//! Payments in tests on their way to the bank and back: an approved one, a batch of it, and the bank's files.

use backend::Error;
use backend::disbursements::{approve, bank_file, batch, certify, create_batch, import_bank_file, queries};
use domain::disbursements::{BankOutcome, DisbursementState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DisbursementId, PaymentBatchId};

use super::grants::{Case, awarded, commanded, fund_account};
use super::{World, noon};

/// The key of the message by which something was refused.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) | AppError::Forbidden(message) => message.key,
        other => format!("{other:?}"),
    }
}

/// A grant with an approved payment, and the Fund's account.
pub async fn approved(world: World) -> (Case, DisbursementId) {
    let case = awarded(world).await.active().await;
    let account = Typed::default()
        .with("account_holder", "UN Voluntary Trust Fund & Co")
        .with("bank_name", "Banque de Genève")
        .with("bank_country", "AT")
        .with("account_number", "AT61 1904 3002 3457 3201")
        .with("bic", "BKAUATWW");
    fund_account(&case.world, &case.approver, &account).await;
    let id = case.request(1, noon()).await.unwrap();
    certify(&case.certifier, id, &commanded()).await.unwrap();
    approve(&case.approver, id, &commanded()).await.unwrap();
    (case, id)
}

/// The form of a batch of payments.
pub fn of(ids: &[DisbursementId]) -> Typed {
    let typed = commanded().with("execution_date", "2026-06-03");
    ids.iter().fold(typed, |typed, id| typed.with("payments", id.to_string()))
}

/// A batch of a payment, and the payment's identification in it.
pub async fn gathered(case: &Case, id: DisbursementId) -> (PaymentBatchId, String) {
    let made = create_batch(&case.finance, &of(&[id])).await.unwrap();
    let end_to_end = batch(&case.finance, made).await.unwrap().payments[0].end_to_end_id.clone();
    (made, end_to_end)
}

/// A bank's file with one booked entry.
pub fn camt(kind: &str, direction: &str, end_to_end: &str, amount: &str, more: &str) -> Vec<u8> {
    let (message, part) = match kind {
        "camt.053" => ("BkToCstmrStmt", "Stmt"),
        _ => ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{kind}.001.08\">\
         <{message}><GrpHdr><MsgId>B&amp;W</MsgId></GrpHdr><{part}><Acct><Id><IBAN>AT611904300234573201</IBAN></Id></Acct><Ntry><Amt Ccy=\"USD\">{amount}</Amt>\
         <CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-06-01</Dt></BookgDt>\
         <AcctSvcrRef>REF-{direction}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>\
         {more}</TxDtls></NtryDtls></Ntry></{part}></{message}></Document>"
    )
    .into_bytes()
}

/// Imports a file of the bank; what became of each payment.
pub async fn import(case: &Case, file: &[u8]) -> Vec<BankOutcome> {
    let id = import_bank_file(&case.finance, "bank.xml", file).await.unwrap();
    bank_file(&case.finance, id).await.unwrap().outcomes.into_iter().map(|row| row.outcome).collect()
}

/// How far a payment is.
pub async fn state(case: &Case, id: DisbursementId) -> DisbursementState {
    queries::get(&case.finance, id).await.unwrap().row.state
}
