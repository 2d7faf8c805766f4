//! What the terminal brings to the core: the clock, the randomness, who is at the keyboard and on which machine.

use chrono::{DateTime, Utc};
use secretariat::{Actor, Code, Context, Failure, Language, Result, text};

/// Who acts through this terminal.
pub struct Door {
    /// Language of messages.
    pub language: Language,
    /// Who the journal names.
    pub actor: Actor,
    /// This computer's name.
    pub machine: String,
}

impl Door {
    /// The door as the arguments say, else as the environment does.
    pub fn new(language: Option<Language>, actor: Option<String>, role: Option<String>) -> Self {
        let language = language.unwrap_or_else(|| {
            let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(environment);
            if said.is_some_and(|said| said.starts_with("en")) { Language::En } else { Language::Es }
        });
        let user = || ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(environment);
        let (unnamed, terminal) = match language {
            Language::Es => ("Sin nombre", "terminal"),
            Language::En => ("No name", "terminal"),
        };
        Self {
            language,
            actor: Actor {
                name: actor.or_else(user).unwrap_or_else(|| unnamed.to_owned()),
                role: role.unwrap_or_else(|| terminal.to_owned()),
            },
            machine: gethostname::gethostname().to_string_lossy().into_owned(),
        }
    }

    /// The circumstances of one call, now.
    pub fn context(&self) -> Result<Context> {
        self.context_at(None, None)
    }

    /// The circumstances of one call at an instant, by somebody.
    pub fn context_at(&self, at: Option<DateTime<Utc>>, actor: Option<Actor>) -> Result<Context> {
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy).map_err(|error| {
            Failure::new(
                Code::Io,
                text!(
                    "El sistema no dio números al azar: {error}.",
                    "The system gave no random numbers: {error}."
                ),
            )
        })?;
        let actor = actor.unwrap_or_else(|| self.actor.clone());
        Ok(Context::new(at.unwrap_or_else(now), actor, entropy, self.language))
    }
}

#[expect(clippy::disallowed_methods, reason = "a door has the clock that the core has not")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

#[expect(clippy::disallowed_methods, reason = "a door reads the environment that the core does not")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
