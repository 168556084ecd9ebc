use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "readings")]
struct Reading {
    #[factory(database)]
    at_1: i64,
    #[factory(database)]
    at_2: i64,
    #[factory(database)]
    at_3: i64,
    #[factory(database)]
    at_4: i64,
    #[factory(database)]
    at_5: i64,
    #[factory(database)]
    at_6: i64,
    #[factory(database)]
    at_7: i64,
    #[factory(database)]
    at_8: i64,
    #[factory(database)]
    at_9: i64,
    #[factory(database)]
    at_10: i64,
    #[factory(database)]
    at_11: i64,
    #[factory(database)]
    at_12: i64,
    #[factory(database)]
    at_13: i64,
    #[factory(database)]
    at_14: i64,
    #[factory(database)]
    at_15: i64,
    #[factory(database)]
    at_16: i64,
    #[factory(database)]
    at_17: i64,
    #[factory(database)]
    at_18: i64,
    #[factory(database)]
    at_19: i64,
    #[factory(database)]
    at_20: i64,
    #[factory(database)]
    at_21: i64,
    #[factory(database)]
    at_22: i64,
    #[factory(database)]
    at_23: i64,
    #[factory(database)]
    at_24: i64,
    #[factory(database)]
    at_25: i64,
    #[factory(database)]
    at_26: i64,
    #[factory(database)]
    at_27: i64,
    #[factory(database)]
    at_28: i64,
    #[factory(database)]
    at_29: i64,
    #[factory(database)]
    at_30: i64,
    #[factory(database)]
    at_31: i64,
    #[factory(database)]
    at_32: i64,
    #[factory(database)]
    at_33: i64,
    #[factory(database)]
    at_34: i64,
    #[factory(database)]
    at_35: i64,
    #[factory(database)]
    at_36: i64,
    #[factory(database)]
    at_37: i64,
    #[factory(database)]
    at_38: i64,
    #[factory(database)]
    at_39: i64,
    #[factory(database)]
    at_40: i64,
    #[factory(database)]
    at_41: i64,
    #[factory(database)]
    at_42: i64,
    #[factory(database)]
    at_43: i64,
    #[factory(database)]
    at_44: i64,
    #[factory(database)]
    at_45: i64,
    #[factory(database)]
    at_46: i64,
    #[factory(database)]
    at_47: i64,
    #[factory(database)]
    at_48: i64,
    #[factory(database)]
    at_49: i64,
    #[factory(database)]
    at_50: i64,
    #[factory(database)]
    at_51: i64,
    #[factory(database)]
    at_52: i64,
    #[factory(database)]
    at_53: i64,
    #[factory(database)]
    at_54: i64,
    #[factory(database)]
    at_55: i64,
    #[factory(database)]
    at_56: i64,
    #[factory(database)]
    at_57: i64,
    #[factory(database)]
    at_58: i64,
    #[factory(database)]
    at_59: i64,
    #[factory(database)]
    at_60: i64,
    #[factory(database)]
    at_61: i64,
    #[factory(database)]
    at_62: i64,
    #[factory(database)]
    at_63: i64,
    #[factory(database)]
    at_64: i64,
    #[factory(database)]
    at_65: i64,
}

fn main() {}
