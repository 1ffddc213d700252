mod expanding;
mod learners;
mod lookup;
mod membership;
mod properties;
mod shelf;
mod translating;
mod validating;
