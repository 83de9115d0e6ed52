//! Invented names of people and places.

use std::collections::BTreeSet;

use crate::random::Random;

const SURNAMES: &str =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈";
const GIVEN: &str = "明华建国秀英桂兰玉春海军丽红永志文成德新金福林梅云芳平安忠顺义和庆喜长青松柏山川江河清正光远思源田野禾苗穗丰";
const FIRST_OF_PLACE: &str = "柳桥上下东西南北大小石竹松梅荷杏桃枣杨榆清白青黄红双三九龙凤";
const SECOND_OF_PLACE: &str = "塘头坪湾垄里溪河沟坡岭岗洼坝埠渡井泉庄寨坊店铺园林台滩口坳畈";

/// The names to draw from.
pub(crate) struct Names {
    surnames: Vec<char>,
    given: Vec<char>,
}

/// A recipient: their full name and the index of their village group.
pub(crate) struct Recipient {
    pub(crate) name: String,
    pub(crate) group: usize,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self { surnames: SURNAMES.chars().collect(), given: GIVEN.chars().collect() }
    }

    /// A name of two or three characters.
    pub(crate) fn person(&self, random: &mut Random) -> String {
        let mut name = String::from(random.pick(&self.surnames));
        if random.index(4) > 0 {
            name.push(random.pick(&self.given));
        }
        name.push(random.pick(&self.given));
        name
    }

    /// `count` recipients of whom no two look alike in one group once their names are masked.
    pub(crate) fn recipients(&self, count: usize, groups: usize, random: &mut Random) -> Vec<Recipient> {
        let mut seen = BTreeSet::new();
        let mut recipients = Vec::with_capacity(count);
        while recipients.len() < count {
            let (name, group) = (self.person(random), random.index(groups));
            let shown = match name.chars().collect::<Vec<_>>()[..] {
                [first, _] => (first, None),
                [first, .., last] => (first, Some(last)),
                _ => continue,
            };
            if seen.insert((shown, group)) {
                recipients.push(Recipient { name, group });
            }
        }
        recipients.sort_by_key(|recipient| recipient.group);
        recipients
    }
}

/// The name of the place with this number, without 镇 or 村; 900 of them differ.
pub(crate) fn place(number: usize) -> String {
    let first: Vec<char> = FIRST_OF_PLACE.chars().collect();
    let second: Vec<char> = SECOND_OF_PLACE.chars().collect();
    let number = number * 7 % (first.len() * second.len());
    [first[number / second.len()], second[number % second.len()]].iter().collect()
}
