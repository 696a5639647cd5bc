package sandbox

import (
	"reflect"
	"time"
)

// deepCopy returns a copy that shares no pointer and no slice with the original. Unexported fields are copied as they are.
func deepCopy[T any](original T) T {
	copied, _ := copyOf(reflect.ValueOf(&original).Elem()).Interface().(T)
	return copied
}

func copyOf(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		pointer := reflect.New(v.Type().Elem())
		pointer.Elem().Set(copyOf(v.Elem()))
		return pointer
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		slice := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			slice.Index(i).Set(copyOf(v.Index(i)))
		}
		return slice
	case reflect.Struct:
		return copyOfStruct(v)
	default:
		return v
	}
}

func copyOfStruct(v reflect.Value) reflect.Value {
	whole := reflect.New(v.Type()).Elem()
	whole.Set(v)
	if v.Type() == reflect.TypeFor[time.Time]() {
		return whole
	}
	for i := range v.NumField() {
		if field := whole.Field(i); field.CanSet() {
			field.Set(copyOf(v.Field(i)))
		}
	}
	return whole
}
