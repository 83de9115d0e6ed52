//! The money of one row: standard × quantity = amount, to the fen.

use rust_decimal::Decimal;

use super::Stage;
use super::cells::{Cell, read_cell};
use super::layout::Layout;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{decimal, yuan};
use crate::source::{Row, Value};
use crate::values::Yuan;

const AMOUNT_MISSING: Code = Code::error("amount-missing");
const AMOUNT_TOO_LARGE: Code = Code::error("amount-too-large");
const PRODUCT_DIFFERS: Code = Code::error("product-differs");
const NEGATIVE_QUANTITY: Code = Code::error("negative-quantity");
const CANCELLED_WITH_AMOUNT: Code = Code::error("cancelled-with-amount");

/// The money of one row.
#[derive(Default)]
pub(super) struct Money {
    /// Standard per unit.
    pub(super) standard: Option<Yuan>,
    /// Number of units.
    pub(super) quantity: Option<Decimal>,
    /// Amount.
    pub(super) amount: Option<Yuan>,
    /// Whether something could not be read or disagrees, so that sums over this row mean nothing.
    pub(super) failed: bool,
}

impl Money {
    /// Reads standard, quantity and amount of a row. An amount that is not written is computed from the
    /// others; a cancelled row has none.
    pub(super) fn read(
        row: &Row<'_>,
        layout: &Layout,
        cancelled: bool,
        stage: Stage,
        problems: &mut Problems,
    ) -> Self {
        let standard = read_cell(row, layout.standard, yuan, problems);
        let quantity = read_cell(row, layout.quantity, quantity, problems);
        let amount = read_cell(row, layout.amount, yuan, problems);
        let failed = matches!(standard, Cell::Failed)
            || matches!(quantity, Cell::Failed)
            || matches!(amount, Cell::Failed);
        let mut money =
            Self { standard: standard.value(), quantity: quantity.value(), amount: amount.value(), failed };
        if failed {
            return money;
        }
        let place = row.cell(layout.amount.or(layout.standard).unwrap_or(layout.first)).place;
        let checked = if cancelled {
            money.checked_cancelled(place)
        } else {
            money.checked(place, layout.has_money() && stage != Stage::Terminating)
        };
        match checked {
            Ok(amount) => money.amount = amount,
            Err(fault) => {
                problems.add(fault);
                money.failed = true;
            }
        }
        money
    }

    /// The amount, which is the product where there is one, and must be there where it is `needed`.
    fn checked(&self, place: Place, needed: bool) -> Result<Option<Yuan>, Diagnostic> {
        let Some((standard, quantity)) = self.standard.zip(self.quantity) else {
            return match self.amount {
                None if needed => Err(Diagnostic::new(AMOUNT_MISSING, place)),
                amount => Ok(amount),
            };
        };
        let computed = standard.times(quantity).ok_or_else(|| Diagnostic::new(AMOUNT_TOO_LARGE, place))?;
        match self.amount.filter(|stated| *stated != computed) {
            None => Ok(Some(computed)),
            Some(stated) => Err(Diagnostic::new(PRODUCT_DIFFERS, place)
                .with("standard", standard.grouped())
                .with("quantity", quantity)
                .with("computed", computed.grouped())
                .with("stated", stated.grouped())),
        }
    }

    /// A cancelled row carries no amount; a zero is none.
    fn checked_cancelled(&self, place: Place) -> Result<Option<Yuan>, Diagnostic> {
        match self.amount.filter(|amount| *amount != Yuan::ZERO) {
            None => Ok(None),
            Some(amount) => {
                Err(Diagnostic::new(CANCELLED_WITH_AMOUNT, place).with("amount", amount.grouped()))
            }
        }
    }
}

/// An exact decimal that is not negative.
fn quantity(value: &Value<'_>, problems: &mut Problems) -> Option<Decimal> {
    let quantity = decimal(value, problems)?;
    if quantity.is_sign_negative() && !quantity.is_zero() {
        problems.add(Diagnostic::new(NEGATIVE_QUANTITY, value.place).with("quantity", quantity));
        return None;
    }
    Some(quantity)
}
