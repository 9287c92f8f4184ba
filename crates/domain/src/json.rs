//! Where serde reads more than is meant: it takes a list of fields for an object, and of a name that stands twice in a
//! map the later value. Both are refused here.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// Lets a type read nothing but an object.
pub(crate) struct Object<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Object<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Types that are read from objects alone. What serde derives for them stands under `#[serde(remote = "Self")]`, as
/// functions of their own and not yet as its traits.
macro_rules! objects {
    ($($name:ident),+ $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Self::deserialize($crate::json::Object(from))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, to)
            }
        }
    )+};
}
pub(crate) use objects;

/// Reads a map that names nothing twice.
pub(crate) fn once_each<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    OnceEach::deserialize(from).map(|OnceEach(map)| map)
}

/// The same where null is as good as no map.
pub(crate) fn once_each_if<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    Ok(Option::deserialize(from)?.map(|OnceEach(map)| map).unwrap_or_default())
}

/// The same of a map of maps.
pub(crate) fn once_each_within<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<BTreeMap<String, BTreeMap<String, T>>, D::Error> {
    let outer: BTreeMap<String, OnceEach<T>> = once_each_if(from)?;
    Ok(outer.into_iter().map(|(key, OnceEach(map))| (key, map)).collect())
}

/// Reads JSON of any shape in which no object names anything twice.
pub(crate) fn any<'de, D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
    Any::deserialize(from).map(|Any(value)| value)
}

/// The same of a list, for which null is as good as none.
pub(crate) fn any_list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Value>, D::Error> {
    let list: Option<Vec<Any>> = Option::deserialize(from)?;
    Ok(list.unwrap_or_default().into_iter().map(|Any(value)| value).collect())
}

struct OnceEach<T>(BTreeMap<String, T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OnceEach<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = OnceEach<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, in { }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<OnceEach<T>, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value()?;
            if map.contains_key(&key) {
                let short: String = key.chars().take(64).collect();
                return Err(Error::custom(format_args!("“{short}” occurs twice")));
            }
            map.insert(key, value);
        }
        Ok(OnceEach(map))
    }
}

struct Any(Value);

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Any, A::Error> {
        let mut list = Vec::new();
        while let Some(Any(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Any(Value::Array(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Any, A::Error> {
        let OnceEach(map) = Entries::<Any>(PhantomData).visit_map(entries)?;
        Ok(Any(map.into_iter().map(|(key, Any(value))| (key, value)).collect()))
    }
}
