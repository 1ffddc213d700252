mod blocks;
mod hostile;
mod house;
mod robbed;
