use std::collections::{BTreeMap, BTreeSet};

use super::message::{Kind, Message};

/// Who voted, by what for.
type Ballot = BTreeMap<Option<String>, BTreeSet<usize>>;

/// All that a validator has heard, each thing once.
#[derive(Debug, Default)]
pub(super) struct Log {
    heard: BTreeSet<Message>,
    /// The votes of a height, a round and a kind.
    votes: BTreeMap<(u32, u32, Kind), Ballot>,
}

impl Log {
    /// Takes a message in, and says whether it was news.
    pub(super) fn hear(&mut self, message: &Message) -> bool {
        let is_news = self.heard.insert(message.clone());
        if is_news && message.kind != Kind::Proposal {
            let at = (message.height, message.round, message.kind);
            let votes = self.votes.entry(at).or_default().entry(message.value.clone()).or_default();
            votes.insert(message.from);
        }
        is_news
    }

    /// The proposals of a round, in no order that means anything.
    pub(super) fn proposals(&self, height: u32, round: u32) -> impl Iterator<Item = &Message> {
        let of = move |message: &&Message| {
            message.kind == Kind::Proposal && message.height == height && message.round == round
        };
        self.heard.iter().filter(of)
    }

    /// How many voted for this.
    pub(super) fn count(&self, height: u32, round: u32, kind: Kind, value: Option<&str>) -> usize {
        let votes = self.votes.get(&(height, round, kind));
        let mine = votes.and_then(|votes| votes.get(&value.map(str::to_owned)));
        mine.map_or(0, BTreeSet::len)
    }

    /// How many voted at all. Who voted twice counts once.
    pub(super) fn voters(&self, height: u32, round: u32, kind: Kind) -> usize {
        let votes = self.votes.get(&(height, round, kind));
        votes.into_iter().flat_map(BTreeMap::values).flatten().collect::<BTreeSet<_>>().len()
    }

    /// Rounds of a height from which somebody was heard.
    pub(super) fn rounds(&self, height: u32) -> BTreeSet<u32> {
        self.heard.iter().filter(|message| message.height == height).map(|message| message.round).collect()
    }

    /// How many were heard in a round, with whatever.
    pub(super) fn present(&self, height: u32, round: u32) -> usize {
        let of = |message: &&Message| message.height == height && message.round == round;
        self.heard.iter().filter(of).map(|message| message.from).collect::<BTreeSet<_>>().len()
    }
}
