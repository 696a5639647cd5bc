package sandbox

import (
	"reflect"
	"time"
)

// deepCopy returns a copy that shares no pointers and slices with the original. Unexported fields are copied as they are.
func deepCopy[T any](original T) T {
	copied, _ := copyValue(reflect.ValueOf(&original).Elem()).Interface().(T)
	return copied
}

func copyValue(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		pointer := reflect.New(v.Type().Elem())
		pointer.Elem().Set(copyValue(v.Elem()))
		return pointer
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		slice := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			slice.Index(i).Set(copyValue(v.Index(i)))
		}
		return slice
	case reflect.Struct:
		return copyStruct(v)
	default:
		return v
	}
}

func copyStruct(v reflect.Value) reflect.Value {
	copied := reflect.New(v.Type()).Elem()
	copied.Set(v)
	if v.Type() == reflect.TypeFor[time.Time]() {
		return copied
	}
	for i := range v.NumField() {
		if field := copied.Field(i); field.CanSet() {
			field.Set(copyValue(v.Field(i)))
		}
	}
	return copied
}
