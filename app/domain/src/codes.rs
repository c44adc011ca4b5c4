//! The macro that makes a closed list of codes: an enum whose stable code is what tables, forms and URLs hold.

/// Declares an enum with stable codes. `$prefix` begins the key of each label in the locale files:
/// `theme` and `labour-migration` make `theme-labour-migration`.
#[macro_export]
macro_rules! code_list {
    ($(#[$meta:meta])* $name:ident, $prefix:literal, { $($(#[$variant_meta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every value, in the order in which people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),+];
            /// The list as the options of a form field.
            pub const OPTIONS: $crate::forms::Options = $crate::forms::Options::List { prefix: $prefix, codes: Self::CODES };

            /// The stable code that tables, forms and URLs hold.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a code, if the list has it.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The key of the label in the locale files.
            #[must_use]
            pub fn label_key(self) -> String {
                format!("{}-{}", $prefix, self.code())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_code(&code)
                    .ok_or_else(|| serde::de::Error::custom(format!("unknown code {code:?} for {}", $prefix)))
            }
        }
    };
}

/// Declares the state machine of a noun as a table of (state, event, next state): `transition` for use cases,
/// `allowed` for screens, one truth for both. `$refusal` is the key of the message when an event does not fit.
#[macro_export]
macro_rules! state_machine {
    ($state:ident, $event:ident, $refusal:literal, [$(($from:ident, $on:ident, $to:ident)),+ $(,)?]) => {
        /// Every permitted step: state, event, next state.
        pub const TRANSITIONS: &[($state, $event, $state)] = &[$(($state::$from, $event::$on, $state::$to)),+];

        /// The next state after an event.
        ///
        /// # Errors
        /// [`AppError::Refused`](crate::errors::AppError::Refused) when the event does not fit the state.
        pub fn transition(state: $state, event: $event) -> std::result::Result<$state, $crate::errors::AppError> {
            TRANSITIONS
                .iter()
                .find(|(from, on, _)| *from == state && *on == event)
                .map(|(_, _, to)| *to)
                .ok_or_else(|| {
                    $crate::errors::AppError::Refused(
                        $crate::message::Message::new($refusal)
                            .with("state", $crate::message::Argument::Key(state.label_key()))
                            .with("event", $crate::message::Argument::Key(event.label_key())),
                    )
                })
        }

        /// The events that fit a state.
        #[must_use]
        pub fn allowed(state: $state) -> Vec<$event> {
            TRANSITIONS.iter().filter(|(from, _, _)| *from == state).map(|(_, on, _)| *on).collect()
        }
    };
}
